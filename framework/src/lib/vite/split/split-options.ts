/** What the split has to be told about an app. */
export interface SplitPluginOptions {
  /** Whether a module id is a route, layout or root file of the app. */
  isRouteModule(id: string): boolean
  /** The project's folder, absolute; errors name files relative to it. */
  root: string
}

/** What a route, layout or root file keeps in the browser. */
export const CLIENT_EXPORTS: string[] = ['default', 'ErrorView']
