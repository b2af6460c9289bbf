import type { Plugin } from 'vite'

/** Whether Vite is restarting: until it is through, its old module runner still answers, with what it knew. */
export interface Restarts {
  /** Resolves when no restart is under way. */
  done(): Promise<void>
  plugin: Plugin
}

/** Watches the restarts of one dev server, whoever asks for them. */
export function watchRestarts(): Restarts {
  let current: Promise<void> = Promise.resolve()
  let token: string | undefined
  return {
    done: () => current,
    plugin: {
      name: 'hotclub:watch-restarts',
      // A page that was on its way while Vite restarted holds the token of before: with another one it could never listen.
      configResolved(config) {
        Object.assign(config, { webSocketToken: (token ??= config.webSocketToken) })
      },
      // Runs for each new server that a restart brings.
      configureServer(server) {
        const restart = server.restart.bind(server)
        server.restart = (force) => {
          const done = restart(force)
          current = done.catch(() => undefined)
          return done
        }
      },
    },
  }
}
