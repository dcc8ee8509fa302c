import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { plainEntity, reviewsEntity } from './__fixtures__/entities';
import { setupMeshBackend } from './__testUtils__/meshBackend';
import meshPlugin from './alpha';
import * as root from './index';

const backend = setupMeshBackend();

const mtls = meshPlugin.getExtension('entity-content:mesh/mtls');
const routing = meshPlugin.getExtension('entity-content:mesh/routing');
const traces = meshPlugin.getExtension('entity-content:mesh/traces');

/** An entry of app.extensions, as integrators write it. */
interface ExtensionConfig {
  [id: string]: false | { config: { filter: { kind: string } } };
}

/** The test's entity page has no paths below it: it shows the one tab that is not switched off. */
const TABS = ['mtls', 'routing', 'traces'] as const;
const only = (tab: (typeof TABS)[number]): ExtensionConfig[] =>
  TABS.filter(other => other !== tab).map(other => ({
    [`entity-content:mesh/${other}`]: false,
  }));

function render(options: {
  entity?: typeof reviewsEntity;
  path?: string;
  extensions?: ExtensionConfig[];
}) {
  const { entity, path = '/', extensions = [] } = options;
  return renderTestApp({
    features: [meshPlugin],
    ...(entity && { extensions: [createTestEntityPage({ entity })] }),
    initialRouteEntries: [path],
    mountedRoutes: entity
      ? {}
      : { '/catalog/:namespace/:kind/:name': entityRouteRef },
    config: {
      app: { baseUrl: 'http://localhost', extensions },
      backend: { baseUrl: 'http://localhost' },
    },
  });
}

describe('the plugin for the new frontend system', () => {
  it('is the only default export', () => {
    expect(root).not.toHaveProperty('default');
    expect(meshPlugin.$$type).toBe('@backstage/FrontendPlugin');
    expect([mtls, routing, traces].every(Boolean)).toBe(true);
  });

  it('mounts the mTLS tab alone where the others are switched off, with the API of its own', async () => {
    render({ entity: reviewsEntity, extensions: only('mtls') });
    expect(
      await screen.findByRole('heading', { name: /^Protected in part/ }),
    ).toBeVisible();
    expect(backend.requests.length).toBeGreaterThan(0);
  });

  it('mounts the Routing tab on an entity', async () => {
    render({ entity: reviewsEntity, extensions: only('routing') });
    expect(
      await screen.findByRole('heading', { name: 'reviews.shop' }),
    ).toBeVisible();
  });

  it('mounts the Traces tab on an entity', async () => {
    render({ entity: reviewsEntity, extensions: only('traces') });
    expect(
      await screen.findByRole('heading', { name: /^2 traces in the last/ }),
    ).toBeVisible();
  });

  it('puts the card beside the one that says what the entity is', () => {
    const card = createExtensionTester(
      meshPlugin.getExtension('entity-card:mesh/summary'),
    );
    expect(card.get(EntityCardBlueprint.dataRefs.type)).toBe('info');
  });

  it('mounts no tab on an entity that says nothing of its workloads', async () => {
    render({ entity: plainEntity });
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });

  it('takes another filter from the configuration', async () => {
    render({
      entity: plainEntity,
      extensions: [
        ...only('mtls'),
        {
          'entity-content:mesh/mtls': {
            config: { filter: { kind: 'component' } },
          },
        },
      ],
    });
    expect(
      await screen.findByText(/One of the two annotations is enough/),
    ).toBeVisible();
  });

  it('mounts the page, in the navigation too', async () => {
    render({ path: '/mesh/services' });
    expect(
      await screen.findByRole('heading', {
        name: '1 of 6 services are protected',
      }),
    ).toBeVisible();
    expect(
      (await screen.findAllByRole('link', { name: /Mesh/ }))[0],
    ).toHaveAttribute('href', '/mesh');
    expect(await screen.findByRole('link', { name: /^Help/ })).toBeVisible();
  });
});
