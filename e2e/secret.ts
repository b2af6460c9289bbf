/** The value of an environment variable during the build: no file of the browser may hold it. */
export const SECRET = 'hush-4f1c9a7e2b'
