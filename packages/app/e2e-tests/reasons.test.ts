import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage } from './portal';

test('a reason opens the object that decided, and closes again by the keyboard', async ({
  page,
}) => {
  await openPage(page, entityTab('reviews', 'mtls'));
  const decidedBy = page
    .getByRole('button', { name: /PeerAuthentication shop\/default/ })
    .first();

  await decidedBy.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('sets STRICT for its namespace');
  await expect(drawer).toContainText('kind: PeerAuthentication');
  await expect(drawer).toContainText('mode: STRICT');
  await expectAccessible(page);

  // The open drawer is in the address: a colleague who gets the link sees the same.
  await page.reload();
  await expect(page.getByRole('dialog')).toContainText('mode: STRICT');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
