import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage, THEMES } from './portal';

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('traces of an entity, and one of them span by span', async ({
      page,
    }) => {
      await openPage(page, entityTab('reviews', 'traces'), theme);

      await expect(
        page.getByRole('heading', { level: 2, name: /traces? of the last/ }),
      ).toBeVisible();
      const rows = page.getByRole('table').getByRole('row');
      await expect(rows.nth(1)).toContainText('reviews.shop');
      await expectAccessible(page);

      await rows.nth(1).getByRole('link').click();
      await expect(page).toHaveURL(/trace=[0-9a-f]{32}/);
      const tree = page.getByRole('treegrid');
      await expect(
        tree.getByRole('row', { name: /reviews\.shop/ }).first(),
      ).toBeVisible();
      await expect(tree.getByText('application').first()).toBeVisible();
      await expect(
        page.getByRole('link', { name: 'reviews.shop' }).first(),
      ).toHaveAttribute('href', /\/catalog\/default\/component\/reviews$/);

      // By keyboard: to the second span, closed and opened, its details shown and closed.
      await tree.getByRole('row').nth(1).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowLeft');
      await expect(tree.getByRole('row').nth(2)).toHaveAttribute(
        'aria-expanded',
        'false',
      );
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(
        page.getByRole('button', { name: 'Close the details' }),
      ).toBeVisible();
      await expect(page).toHaveURL(/span=[0-9a-f]{16}/);
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(
        page.getByRole('button', { name: 'Close the details' }),
      ).toHaveCount(0);
    });

    test('filters that leave nothing', async ({ page }) => {
      await openPage(
        page,
        `${entityTab('reviews', 'traces')}?tags=no.such.tag%3D1`,
        theme,
      );

      await expect(
        page.getByText('No trace meets all of these filters.'),
      ).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Clear the filters' }).click();
      await expect(page.getByRole('table')).toBeVisible();
    });
  });
}

test('an entity without traces', async ({ page }) => {
  await openPage(page, entityTab('ledger', 'traces'));

  await expect(
    page.getByText('They have traces of none of these services.'),
  ).toBeVisible();
});

test('an entity whose annotation leads nowhere', async ({ page }) => {
  await openPage(page, entityTab('wishlist', 'traces'));

  await expect(
    page.getByRole('heading', { name: 'No workloads found' }),
  ).toBeVisible();
});

test("Linkerd's proxies among the spans of an entity", async ({ page }) => {
  await openPage(
    page,
    `${entityTab('voting', 'traces')}?service=linkerd-proxy`,
  );

  await page.getByRole('table').getByRole('link').first().click();
  await expect(
    page.getByRole('treegrid').getByText('linkerd-proxy').first(),
  ).toBeVisible();
});
