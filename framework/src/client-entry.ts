/** `hotclub/client-entry`: what the generated browser entry runs. */
export { start, type StartOptions } from './lib/client/start.tsx'
