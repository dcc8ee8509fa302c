import { JsonObject } from '@backstage/types';
import { FakePrometheus } from './FakePrometheus';
import { SHOP_ENTITIES, SHOP_RIGHTS, startShop } from './shop';
import { StartedMesh, Who } from './startMesh';

export const REVIEWS = '/entities/component/default/reviews';

/** The shop with its metrics, mirrored and answered for; with more configuration of the plugin. */
export async function startShopMesh(config: JsonObject = {}) {
  const east = await startShop();
  const prometheus = await FakePrometheus.start();
  prometheus.answer = query =>
    [
      { namespace: 'front', source: 'page', value: 60 },
      { namespace: 'vault', source: 'secret', value: 30 },
      { namespace: 'crypt', source: 'ghost', value: 10 },
    ]
      .map(({ value, ...labels }) => ({
        labels: {
          ...labels,
          destination: 'reviews',
          ...(labels.source !== 'secret' &&
            query.startsWith('inbound') && {
              identity: `${labels.namespace}/${labels.source}`,
            }),
        },
        value,
      }))
      .concat(
        query.startsWith('inbound')
          ? [
              // One that is known by its identity alone, and one that is not known at all.
              {
                labels: {
                  namespace: '',
                  source: '',
                  destination: 'reviews',
                  identity: 'vault/secret',
                },
                value: 4,
              },
              {
                labels: { namespace: '', source: '', destination: 'reviews' },
                value: 2,
              },
              // One that neither the catalog nor a policy knows.
              {
                labels: {
                  namespace: 'shop',
                  source: 'bystander',
                  destination: 'reviews',
                  identity: 'shop/bystander',
                },
                value: 5,
              },
            ]
          : [],
      );

  const mesh = await StartedMesh.start({
    entities: SHOP_ENTITIES,
    mayRead: SHOP_RIGHTS,
    clusters: { east },
    mesh: { ...config, prometheus: [{ name: 'prod', url: prometheus.url }] },
  });
  await mesh.untilClusters({ east: 'synced' });
  const mtls = async (who: Who) =>
    (await mesh.body(who, `${REVIEWS}/mtls`)).workloads[0];
  return {
    mesh,
    east,
    mtls,
    async stop() {
      await mesh.stop();
      await prometheus.stop();
      await east.stop();
    },
  };
}
