/** `hotclub/testing`: an app without a socket, for tests. */
export { createTestApp } from './lib/testing/test-app.ts'
export type { Submitted, SubmittedValues } from './lib/testing/submit.ts'
export type { TestApp, TestAppOptions } from './lib/testing/test-app.ts'
export type { TestClient } from './lib/testing/test-client.ts'
