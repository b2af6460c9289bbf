/** Members without JavaScript. What is the same with it stands in members.ts. */
import { test } from '@playwright/test'
import { expectListFlow, expectMembersOnly, expectReviewFlow } from './members.ts'

test('a review is written once, moderated, changed and deleted', async ({ page, browser }) => {
  test.slow()
  await expectReviewFlow(page, browser, 'metropolis-2002')
})

test('a list is begun, put in order, shown and deleted', async ({ page, browser }) => {
  test.slow()
  await expectListFlow(page, browser, 'Without a script')
})

test('members come in by the sign-in page, and go by the menu', ({ page }) => expectMembersOnly(page))
