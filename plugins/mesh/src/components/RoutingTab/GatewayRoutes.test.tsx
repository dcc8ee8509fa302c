import { screen, within } from '@testing-library/react';
import { Exposure } from 'backstage-plugin-mesh-common';
import { axe } from 'jest-axe';
import { reviewsEntity } from '../../__fixtures__/entities';
import { rule } from '../../__fixtures__/routing';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { ReasonsProvider } from '../Reasons/ReasonsProvider';
import { GatewayRoutes } from './GatewayRoutes';

setupMeshBackend();

const exposure: Exposure = {
  gateway: {
    kind: 'networking.istio.io/Gateway',
    namespace: 'edge',
    name: 'main',
  },
  port: 443,
  protocol: 'HTTPS',
  hosts: ['shop.example.com', '*.example.org'],
  rules: [
    rule({
      name: 'VirtualService shop/front http[0]',
      matches: [[{ subject: 'path', operator: 'prefix', value: '/reviews' }]],
    }),
  ],
};

const show = (shown: Exposure) =>
  renderMesh(
    <ReasonsProvider
      entity={{ kind: 'component', namespace: 'default', name: 'reviews' }}
    >
      <GatewayRoutes id="g" service="shop/reviews (east)" exposure={shown} />
    </ReasonsProvider>,
    { entity: reviewsEntity },
  );

describe('GatewayRoutes', () => {
  it('says through which Gateway, by which names and rules', async () => {
    const { container } = await show(exposure);
    expect(
      screen.getByRole('heading', { name: 'Through Gateway edge/main' }),
    ).toBeVisible();
    expect(screen.getByText('port 443 HTTPS')).toBeVisible();
    expect(
      screen.getByText('for shop.example.com, *.example.org'),
    ).toBeVisible();
    const table = screen.getByRole('table', {
      name: 'Rules that lead from Gateway edge/main to shop/reviews (east)',
    });
    const [, row] = within(table).getAllByRole('row');
    expect(row).toHaveTextContent('/reviews');
    expect(row).toHaveTextContent('VirtualService shop/front http[0]');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('names the listener of a Gateway of the Gateway API', async () => {
    await show({
      ...exposure,
      gateway: { ...exposure.gateway, listener: 'web' },
    });
    expect(
      screen.getByRole('heading', {
        name: 'Through Gateway edge/main, listener web',
      }),
    ).toBeVisible();
  });
});
