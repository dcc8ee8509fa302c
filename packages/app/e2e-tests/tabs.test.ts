import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { entityTab, openPage, THEMES } from './portal';

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('mTLS of a service in Istio', async ({ page }) => {
      await openPage(page, entityTab('reviews', 'mtls'), theme);

      await expect(
        page.getByRole('heading', {
          name: 'Clients must use mTLS on 3 of 3 ports',
        }),
      ).toBeVisible();
      const ports = page.getByRole('table', { name: /^What each port/ });
      const row = ports.getByRole('row').filter({ hasText: 'reviews-v1' });
      await expect(row).toContainText('mTLS only');
      await expect(row).toContainText('STRICT');
      await expect(row).toContainText('PeerAuthentication shop/default');
      await expect(row).toContainText('100 % mTLS');
      await expectAccessible(page);
    });

    test('Routing of a service in Istio', async ({ page }) => {
      await openPage(page, entityTab('reviews', 'routing'), theme);

      await expect(
        page.getByRole('heading', {
          name: 'Requests to reviews.shop follow 3 rules; 1 of them never matches',
        }),
      ).toBeVisible();
      const canary = page
        .getByRole('row')
        .filter({ hasText: 'every other request' });
      await expect(canary).toContainText('90 %');
      await expect(canary).toContainText('10 %');
      await expect(canary).toContainText('Timeout 3 s');
      await expect(canary).toContainText('3 retries of 2 s each');
      await expect(canary).toContainText(/seen (8|9)\d\s%/);
      await expectAccessible(page);
    });

    test('mTLS of a service in Linkerd', async ({ page }) => {
      await openPage(page, entityTab('voting', 'mtls'), theme);

      await expect(
        page.getByRole('heading', {
          name: 'Clients must use mTLS on 2 of 2 ports',
        }),
      ).toBeVisible();
      await expect(
        page.getByRole('table', { name: /^What each port/ }),
      ).toContainText('AuthorizationPolicy emojipoll/voting-callers');
      await expectAccessible(page);
    });

    test('Routing of a service in Linkerd', async ({ page }) => {
      await openPage(page, entityTab('leaderboard', 'routing'), theme);

      const split = page
        .getByRole('row')
        .filter({ hasText: 'every other request' });
      await expect(split).toContainText('80 %');
      await expect(split).toContainText('20 %');
      await expect(split).toContainText(
        'HTTPRoute emojipoll/leaderboard-split',
      );
      await expectAccessible(page);
    });

    test('a canary of Argo Rollouts whose weights somebody has overwritten', async ({
      page,
    }) => {
      await openPage(page, entityTab('offers', 'routing'), theme);

      const panel = page.getByRole('region', {
        name: 'offers.shop',
        exact: true,
      });
      await expect(panel).toContainText('Argo Rollout offers');
      await expect(
        panel.getByRole('progressbar', {
          name: 'Steps of Argo Rollout offers',
        }),
      ).toHaveAttribute('aria-valuetext', 'Step 4 of 5: pause');
      await expect(panel).toContainText(
        /next 50\s% when somebody lets it go on/,
      );
      await expect(panel).toContainText('Degraded? no');
      await expect(panel).toContainText(
        'The Rollout wants 25 %, VirtualService shop/offers sends 10 %',
      );
      await expectAccessible(page);
    });

    test('a canary of Flagger', async ({ page }) => {
      await openPage(page, entityTab('badges', 'routing'), theme);

      const panel = page.getByRole('region', {
        name: 'badges.emojipoll',
        exact: true,
      });
      await expect(panel).toContainText('Flagger Canary badges');
      await expect(panel).toContainText(
        /next 30\s% if what is measured is good, every 1\smin/,
      );
      await expect(panel).toContainText('Failed checks: 1 (5 end it)');
      await expectAccessible(page);
    });

    test('the fleet', async ({ page }) => {
      await openPage(page, '/mesh', theme);

      await expect(
        page.getByRole('heading', {
          name: /\d+ of \d+ workloads on 2 clusters are in a mesh/,
        }),
      ).toBeVisible();
      await expect(
        page.getByRole('heading', { name: 'East (Istio)' }),
      ).toBeVisible();
      await expect(
        page.getByRole('heading', { name: 'West (Linkerd)' }),
      ).toBeVisible();
      await expectAccessible(page);

      await page.getByRole('tab', { name: 'Services' }).click();
      const reviews = page.getByRole('row').filter({ hasText: 'reviews' });
      await expect(reviews.first()).toContainText('Protected');
      await expectAccessible(page);
    });
  });
}
