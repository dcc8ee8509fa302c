import { expect, Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage, THEMES } from './portal';

/** The row of an item; the history at the end of the page names items, too. */
function itemRow(page: Page, item: string) {
  return page
    .getByRole('row')
    .filter({ has: page.getByText(item, { exact: true }) })
    .first();
}

/** A day that is not over: next year's first. */
const DAY = `${new Date().getUTCFullYear() + 1}-01-31`;

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    for (const name of ['reviews', 'voting']) {
      test(`the checklist of ${name}`, async ({ page }) => {
        await openPage(page, entityTab(name, 'readiness'), theme);
        await expect(
          page.getByRole('heading', {
            name: /^\d+ of \d+ items are met, \d+ fail, \d+ are unknown$/,
          }),
        ).toBeVisible();
        await expect(
          page.getByRole('heading', { name: 'Documentation' }),
        ).toBeVisible();
        const mtls = itemRow(page, 'Enable mTLS for all services');
        await expect(mtls).toContainText('Pass');
        const pods = itemRow(page, 'Configure anti-affinity');
        await expect(pods).toContainText('Fail');
        await expectAccessible(page);

        await pods.getByRole('button', { name: 'Why?' }).click();
        await expect(page.getByRole('dialog')).toContainText('Deployment');
        await expectAccessible(page);
      });
    }

    test('the checklists of the fleet', async ({ page }) => {
      await openPage(page, '/mesh/checklist', theme);
      await expect(
        page.getByRole('heading', {
          name: /^\d+ of \d+ services fail items of the checklist$/,
        }),
      ).toBeVisible();
      const rows = page.getByRole('row');
      await expect(rows.filter({ hasText: 'reviews' }).first()).toContainText(
        /\d+ of \d+/,
      );
      await expectAccessible(page);

      const owner = page.getByRole('combobox', { name: 'Owner' });
      await owner.selectOption({ index: 1 });
      await expect(page).toHaveURL(/owner=group/);
      await expectAccessible(page);
    });
  });
}

test('an item is attested and revoked by keyboard', async ({ page }) => {
  await openPage(page, entityTab('details', 'readiness'));
  const row = itemRow(page, 'Create runbooks');
  await expect(row).toContainText('Unknown: not assessed');
  await row.getByRole('button', { name: 'Attest: Create runbooks' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.type('See <b>the wiki</b>');
  await page.keyboard.press('Tab');
  await page.keyboard.type('https://wiki.example.com/runbooks');
  await dialog.getByLabel('Counts until').fill(DAY);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('Attested');
  await expect(row).toContainText('See <b>the wiki</b>');
  await expect(row.getByText('Create runbooks', { exact: true })).toBeFocused();

  await row.getByRole('button', { name: 'Revoke: Create runbooks' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The page is gone');
  await page.getByRole('button', { name: 'Revoke', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('Unknown: not assessed');
  await expect(
    page.getByRole('table', { name: /^What was attested/ }),
  ).toContainText('The page is gone');
});

test('a failing item is waived by keyboard; a day in the past is refused', async ({
  page,
}) => {
  await openPage(page, entityTab('details', 'readiness'));
  const row = itemRow(page, 'Configure network policies');
  await expect(row).toContainText('Fail');
  await row.getByRole('button', { name: /^Waive/ }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Not before June');
  await dialog.getByLabel('Counts until').fill('2020-01-01');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('This day is over');
  await dialog.getByLabel('Counts until').fill(DAY);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('Waived');
  await expect(row).toContainText('Measured: Fail');
});
