import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { BROKEN } from '../../__fixtures__/fixtureBackend';
import { fleetReadiness } from '../../__fixtures__/readiness';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { ChecklistTab } from './ChecklistTab';

const backend = setupMeshBackend();

describe('ChecklistTab', () => {
  it('shows services by sections, in words', async () => {
    const { container } = await renderMesh(<ChecklistTab />);
    expect(
      await screen.findByRole('heading', {
        name: '1 of 2 services fail items of the checklist',
      }),
    ).toBeVisible();
    const table = screen.getByRole('table', {
      name: /^Services by sections of the checklist/,
    });
    expect(within(table).getAllByRole('columnheader')).toHaveLength(13);
    const [, reviews, voting] = within(table).getAllByRole('row');
    expect(reviews).toHaveTextContent('22 of 541 fail30 unknown');
    expect(voting).toHaveTextContent('0 of 55');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('filters by the owner in the URL, and back', async () => {
    const user = userEvent.setup();
    await renderMesh(<ChecklistTab />, { path: '/?owner=group:default/poll' });
    expect(
      await screen.findByRole('heading', { name: '1 of 2 services' }),
    ).toBeVisible();
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Owner' }),
      'Any',
    );
    expect(
      await screen.findByRole('heading', { name: '2 of 2 services' }),
    ).toBeVisible();
  });

  it('says so where nobody has that owner', async () => {
    const user = userEvent.setup();
    await renderMesh(<ChecklistTab />, { path: '/?owner=group:default/gone' });
    await user.click(await screen.findByRole('button', { name: 'Show all' }));
    expect(
      await screen.findByRole('heading', { name: '2 of 2 services' }),
    ).toBeVisible();
  });

  it('says what would make it non-empty, and what failed', async () => {
    backend.reply({ fleetReadiness: { ...fleetReadiness, entities: [] } });
    const { unmount } = await renderMesh(<ChecklistTab />);
    expect(
      await screen.findByRole('heading', {
        name: 'No services on the clusters',
      }),
    ).toBeVisible();
    unmount();
    backend.reply({ fleetReadiness: BROKEN });
    await renderMesh(<ChecklistTab />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load the checklists',
    );
  });
});
