import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { OwnerField } from './OwnerField';

const TITLES: Record<string, string> = {
  'group:default/shop': 'The Shop team',
  'group:default/poll': 'Poll team',
  'group:other/poll': 'Poll team',
};

/** Titles as a portal has them: first from the reference, then from the catalog. */
const titles = {
  forEntity(entityOrRef: unknown) {
    const entityRef = String(entityOrRef);
    const snapshot = { entityRef, primaryTitle: entityRef };
    return {
      snapshot,
      promise: Promise.resolve({
        ...snapshot,
        primaryTitle: TITLES[entityRef] ?? entityRef,
      }),
    };
  },
};

function field(value = '', onChange: (owner: string) => void = () => {}) {
  return (
    <OwnerField
      id="owner"
      label="Owner"
      any="Any"
      value={value}
      owners={['group:default/shop', 'group:default/poll', 'group:other/poll']}
      onChange={onChange}
    />
  );
}

const options = () =>
  within(screen.getByRole('combobox', { name: 'Owner' }))
    .getAllByRole('option')
    .map(({ textContent }) => textContent);

describe('OwnerField', () => {
  it('lists titles, and tells namesakes apart', async () => {
    const user = userEvent.setup();
    const chosen: string[] = [];
    await renderMesh(
      <TestApiProvider apis={[[entityPresentationApiRef, titles]]}>
        {field('', owner => chosen.push(owner))}
      </TestApiProvider>,
    );
    await screen.findByRole('option', { name: 'The Shop team' });
    expect(options()).toEqual([
      'Any',
      'Poll team (group:default/poll)',
      'Poll team (group:other/poll)',
      'The Shop team',
    ]);
    await user.selectOptions(screen.getByRole('combobox'), 'The Shop team');
    expect(chosen).toEqual(['group:default/shop']);
  });

  it('takes names from the references where a portal has no titles, and keeps an owner of nothing', async () => {
    await renderMesh(field('group:default/gone'));
    expect(options()).toEqual(['Any', 'gone', 'other/poll', 'poll', 'shop']);
    expect(screen.getByRole('combobox')).toHaveValue('group:default/gone');
  });
});
