/** `hotclub/signals`: what happens when something has happened. */
export { on, type AccountSignal, type EventOf, type Receiver, type SignalMap, type Subject } from './lib/signals/signals.ts'
