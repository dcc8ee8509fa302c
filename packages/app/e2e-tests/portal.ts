import { expect, Page } from '@playwright/test';

/** Where the global setup started the portal. */
export function portalUrl(path = '/'): string {
  const url = process.env.MESH_E2E_URL;
  if (!url) {
    throw new Error('The global setup has not told where the portal is');
  }
  return new URL(path, url).href;
}

export type Theme = 'light' | 'dark';
export const THEMES: readonly Theme[] = ['light', 'dark'];

/** Signs in as guest, with a theme, and opens a page of the portal, or one of another portal by its URL. */
export async function openPage(
  page: Page,
  path: string,
  theme: Theme = 'light',
): Promise<void> {
  await page.addInitScript(
    chosen => window.localStorage.setItem('theme', chosen),
    theme,
  );
  await page.goto(portalUrl(path));
  const enter = page.getByRole('button', { name: 'Enter' });
  // A path that was asked for is shown after signing in.
  await enter.click();
  await expect(enter).toBeHidden();
}

/** The tab of an entity of the default namespace. */
export function entityTab(name: string, tab: string): string {
  return `/catalog/default/component/${name}/${tab}`;
}
