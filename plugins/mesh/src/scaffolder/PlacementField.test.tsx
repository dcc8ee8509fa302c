import { TestApiRegistry } from '@backstage/test-utils';
import { mockApis } from '@backstage/frontend-test-utils';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { createFieldValidation } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PlacementsAnswer } from 'backstage-plugin-mesh-common';
import { axe } from 'jest-axe';
import { ComponentProps, useState } from 'react';
import { meshApiRef } from '../api/MeshApi';
import { BROKEN, FORBIDDEN, NOT_FOUND } from '../__fixtures__/fixtureBackend';
import { placements } from '../__fixtures__/placements';
import { setupMeshBackend } from '../__testUtils__/meshBackend';
import { renderMesh, testMeshClient } from '../__testUtils__/renderMesh';
import { PlacementField } from './PlacementField';
import { PlacementValue } from './placementProblem';
import { validatePlacement } from './validatePlacement';

const backend = setupMeshBackend();
const given: PlacementValue[] = [];

beforeEach(() => {
  given.length = 0;
});

/** The field in a form that keeps what it gives, with those of its properties that it reads. */
function Harness({ value }: { value: PlacementValue }) {
  const [formData, setFormData] = useState(value);
  const props = {
    formData,
    onChange: (next: PlacementValue) => {
      given.push(next);
      setFormData(next);
    },
    idSchema: { $id: 'root_place' },
    schema: { type: 'object' },
    uiSchema: {},
    rawErrors: [],
    required: true,
    disabled: false,
  };
  return (
    <PlacementField
      {...(props as unknown as ComponentProps<typeof PlacementField>)}
    />
  );
}

const draw = (value: PlacementValue = {}) =>
  renderMesh(<Harness value={value} />);

function offered(label: string): string[] {
  const list = screen.getByLabelText(label, { exact: false });
  return [
    ...(document.getElementById(list.getAttribute('list') ?? '')?.children ??
      []),
  ].map(option => `${option.getAttribute('value')}: ${option.textContent}`);
}

const cluster = (change: Partial<PlacementsAnswer['clusters'][number]>) => ({
  ...placements,
  clusters: placements.clusters.map(state =>
    state.name === 'east' ? { ...state, ...change } : state,
  ),
});

describe('PlacementField', () => {
  it('offers the clusters, and the namespaces of the one that is chosen, with their meshes', async () => {
    await draw({ cluster: 'east' });
    await waitFor(() =>
      expect(offered('Namespace')).toEqual([
        'legacy: no mesh',
        'payments: Istio (ambient)',
        'shop: Istio (sidecar)',
      ]),
    );
    expect(offered('Cluster').map(text => text.split(':')[0])).toEqual(
      placements.clusters.map(({ name }) => name),
    );
  });

  it('is filled in by keyboard, takes any name, and says which mesh was found', async () => {
    await draw();
    await userEvent.tab();
    expect(screen.getByLabelText(/^Cluster/)).toHaveFocus();
    await userEvent.keyboard('east');
    await userEvent.tab();
    expect(screen.getByLabelText(/^Namespace/)).toHaveFocus();
    await userEvent.keyboard('payments');
    expect(given[given.length - 1]).toEqual({
      cluster: 'east',
      namespace: 'payments',
    });
    expect(
      await screen.findByText(
        /^A new pod there is carried by Istio \(ambient\)\. Requests go through the waypoint payments\/waypoint\./,
      ),
    ).toBeVisible();
  });

  it.each([
    ['legacy', 'No mesh would carry a new pod there.'],
    ['shop', 'A new pod there is carried by Istio (sidecar).'],
  ])('says what is found in %s', async (namespace, text) => {
    await draw({ cluster: 'east', namespace });
    expect(await screen.findByText(text, { exact: false })).toBeVisible();
  });

  it.each([
    ['is broken', BROKEN, /^Could not load where workloads would run/],
    ['refuses', FORBIDDEN, /^You may not see where workloads would run/],
    ['is not there', NOT_FOUND, /^The mesh backend did not answer/],
  ])('can be typed where the backend %s', async (_, reply, title) => {
    backend.reply({ placements: reply });
    const { container } = await draw();
    expect(await screen.findByText(title)).toBeVisible();
    expect(screen.getByText(/^Type the names/)).toBeVisible();
    await userEvent.type(screen.getByLabelText(/^Cluster/), 'far');
    expect(given[given.length - 1]).toEqual({ cluster: 'far' });
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says why nothing is offered to who may read no entity', async () => {
    backend.reply({ placements: { ...placements, placements: [] } });
    await draw();
    expect(
      await screen.findByText('There is no namespace to offer'),
    ).toBeVisible();
  });

  it('says that the cluster was read in part only', async () => {
    backend.reply({
      placements: cluster({
        status: 'partial',
        message: 'Namespaces may not be listed',
      }),
    });
    await draw({ cluster: 'east' });
    expect(
      await screen.findByText('east could be read in part only'),
    ).toBeVisible();
  });

  it('has no finding of axe', async () => {
    const { container } = await draw({ cluster: 'east', namespace: 'shop' });
    await screen.findByText(/^A new pod there/);
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('validatePlacement', () => {
  async function problems(value: PlacementValue | undefined) {
    const field = createFieldValidation();
    await validatePlacement(value, field, {
      apiHolder: TestApiRegistry.from(
        [meshApiRef, testMeshClient()],
        [translationApiRef, mockApis.translation()],
      ),
    });
    return field.__errors;
  }

  it.each<[string, PlacementValue | undefined, RegExp]>([
    ['nothing', undefined, /^Cluster: give the name/],
    ['no namespace', { cluster: 'east' }, /^Namespace: give the name/],
    [
      'a cluster that is not there',
      { cluster: 'north', namespace: 'shop' },
      /^Cluster: there is no cluster north; there are: east, west/,
    ],
    [
      'a namespace that is not there',
      { cluster: 'east', namespace: 'nowhere' },
      /^Namespace: there is no namespace nowhere on east/,
    ],
    [
      'a namespace in no mesh',
      { cluster: 'east', namespace: 'legacy' },
      /^Namespace: no mesh would carry a new pod of legacy on east/,
    ],
    [
      'a long name',
      { cluster: 'east', namespace: 'a'.repeat(300) },
      /^Namespace: a name has lower case letters/,
    ],
    [
      'a long cluster',
      { cluster: 'a'.repeat(300), namespace: 'shop' },
      /^Cluster: at most 253 characters/,
    ],
    [
      'injection',
      { cluster: 'east\n---', namespace: 'shop' },
      /^Cluster: at most 253 characters on one line/,
    ],
    [
      'injection in the namespace',
      { cluster: 'east', namespace: 'x: {{ y }}' },
      /^Namespace: a name has/,
    ],
  ])('names what is wrong: %s', async (_, value, message) => {
    backend.reply({ placements: cluster({ status: 'synced' }) });
    expect(await problems(value)).toEqual([expect.stringMatching(message)]);
  });

  it('lets a place pass that is there', async () => {
    expect(await problems({ cluster: 'east', namespace: 'shop' })).toEqual([]);
  });

  it('does not call a namespace wrong on a cluster that was read in part', async () => {
    backend.reply({ placements: cluster({ status: 'partial' }) });
    expect(await problems({ cluster: 'east', namespace: 'new' })).toEqual([]);
  });

  it('leaves it to the task where the backend is away', async () => {
    backend.reply({ placements: BROKEN });
    expect(await problems({ cluster: 'far', namespace: 'shop' })).toEqual([]);
  });
});
