/**
 * How Vite should read `vite.config.ts`: by Node itself where it runs TypeScript, which is quicker and keeps the
 * conditions Node was started with.
 */
export const configLoader: 'native' | 'bundle' = process.features.typescript ? 'native' : 'bundle'
