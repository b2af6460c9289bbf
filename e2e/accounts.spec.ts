import { test } from '@playwright/test'
import { expectWholeLife } from './accounts.ts'

test('an account from its first mail to its end', async ({ page, browser }) => {
  test.slow()
  await expectWholeLife(page, browser, true)
})
