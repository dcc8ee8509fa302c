import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { UserError } from '../userError.mjs';

const START_TIMEOUT_MS = 300_000;
const PAGE_TIMEOUT_MS = 60_000;

/** A port that is free on loopback. */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Waits until the attempt gives something; says what was wrong with it where it never does. */
export async function waitFor(what, attempt) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    let problem = 'not yet there';
    try {
      const answer = await attempt();
      if (answer) {
        return answer;
      }
    } catch (error) {
      problem = error.cause?.code ?? error.message;
    }
    if (Date.now() > deadline) {
      throw new UserError(`${what} was waited for in vain: ${problem}`);
    }
    await delay(500);
  }
}

/** The tabs, and what each must say of `reviews`. */
const TABS = [
  { tab: 'mTLS', heading: 'Clients must use mTLS on 3 of 3 ports' },
  { tab: 'Routing', heading: /^Requests to reviews\.shop follow \d+ rules/ },
  { tab: 'Traces', heading: /^(?!No ).*traces? (in|of) the last/ },
  { tab: 'Production readiness', heading: /^\d+ of \d+ items are met/ },
];

/** What the card on the overview of `reviews` must say. */
const CARD = /\d+ of \d+ items are met/;

/** Signs in, opens the entity, looks at its card and goes through its tabs; leaves a picture of each. */
export async function lookAtTabs(url, pictures) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    page.setDefaultTimeout(PAGE_TIMEOUT_MS);
    await page.goto(`${url}/catalog/default/component/reviews`);
    await page.getByRole('button', { name: 'Enter' }).click();
    await pictured(page, join(pictures, 'Overview.png'), 'the card', () =>
      page.getByText(CARD).first().waitFor(),
    );
    for (const { tab, heading } of TABS) {
      const picture = join(pictures, `${tab}.png`);
      await pictured(page, picture, `the tab ${tab}`, async () => {
        await tabNamed(page, tab).click();
        await page.getByRole('heading', { name: heading }).first().waitFor();
      });
    }
  } finally {
    await browser.close();
  }
}

/** Waits until something shows, and leaves a picture of what did. */
async function pictured(page, picture, what, shows) {
  try {
    await shows();
  } catch (error) {
    throw new UserError(
      `${what} does not show; ${picture} is what does (${error.message})`,
    );
  } finally {
    await page.screenshot({ path: picture, fullPage: true });
  }
}

/**
 * The tabs of an entity are links, or tabs in portals with a header of their own. Below them the card has links of the
 * same names.
 */
function tabNamed(page, name) {
  return page
    .getByRole('link', { name, exact: true })
    .or(page.getByRole('tab', { name, exact: true }))
    .first();
}
