/** Signing in with an account of another site, without JavaScript. */
import { test } from '@playwright/test'
import { expectLastWayToStay, expectLinkToBeKnown, expectSignIn, expectStrangerToBeTold } from './providers.ts'

test('an account elsewhere signs in', ({ page }) => expectSignIn(page))
test('the last way in stays', ({ page }) => expectLastWayToStay(page))
test('an account is linked', ({ page }) => expectLinkToBeKnown(page))
test('who comes from nowhere is told so', ({ page }) => expectStrangerToBeTold(page))
