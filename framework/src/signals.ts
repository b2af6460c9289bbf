/** `hotclub/signals`: what happens when something has happened. */
export { on, type Receiver, type ReceiverOptions, type RowEvent, type RowSignal, type When } from './lib/signals/receiver.ts'
export type { AccountSignal, EventOf, SignalMap, Subject } from './lib/signals/signal-map.ts'
