import AxeBuilder from '@axe-core/playwright';
import { expect, Page } from '@playwright/test';

/** The part of a page that is ours: the tab or page itself, and its drawer. */
const OURS = ['[data-mesh-page]', '[role="dialog"]'];

/**
 * What the shell of the portal and parts of core-components cause, as `rule: element`. It may shrink, not
 * grow: anything that is not listed here fails.
 */
const KNOWN_OF_THE_SHELL: ReadonlySet<string> = new Set([
  // The page header of @backstage/ui stands outside of all landmarks.
  'region: div.bui-VisuallyHidden',
  'region: div.bui-PluginHeaderToolbarControls',
]);

/** Expects no finding of axe in our own markup, and none of the shell's that is not known. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const ours: string[] = [];
  const shell: string[] = [];
  for (const { id, help, nodes } of violations) {
    for (const { target, html } of nodes) {
      const selector = target.flat().join(' ');
      const isOurs = await page
        .locator(selector)
        .first()
        .evaluate(
          (element, roots) => roots.some(root => element.closest(root)),
          OURS,
        );
      if (isOurs) {
        ours.push(`${id}: ${help}: ${html}`);
      } else {
        shell.push(`${id}: ${elementOf(html)}`);
      }
    }
  }
  expect(ours).toEqual([]);
  expect(shell.filter(entry => !KNOWN_OF_THE_SHELL.has(entry))).toEqual([]);
}

/** The element with its first class: what does not change from build to build. */
function elementOf(html: string): string {
  const tag = /^<([a-z0-9-]+)/i.exec(html)?.[1] ?? html;
  const name = /^<[^>]*\bclass="([^\s"]+)/.exec(html)?.[1];
  return name ? `${tag}.${name}` : tag;
}
