/** `hotclub/cli`: the command line, for `bin/hotclub.js`. */
export { main } from './lib/cli/main.ts'
