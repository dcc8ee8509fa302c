import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { useLocation } from 'react-router-dom';
import { reviewsEntity } from '../../__fixtures__/entities';
import { BROKEN, FORBIDDEN } from '../../__fixtures__/fixtureBackend';
import {
  defaultPolicyReason,
  permissiveReason,
  strictReason,
} from '../../__fixtures__/reasons';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { ExplainedAnswer } from './AnswerRegistry';
import { DecidedBy } from './DecidedBy';
import { ReasonsProvider } from './ReasonsProvider';

const backend = setupMeshBackend();

const accepts: ExplainedAnswer = {
  title: 'Accepts: port 8080',
  word: 'PERMISSIVE',
  reasons: [permissiveReason, strictReason],
};

function Search() {
  return <output>{decodeURIComponent(useLocation().search)}</output>;
}

function render(answer: ExplainedAnswer, path = '/') {
  return renderMesh(
    <ReasonsProvider
      entity={{ kind: 'component', namespace: 'default', name: 'reviews' }}
    >
      <DecidedBy id="accepts,8080" answer={answer} />
      <Search />
    </ReasonsProvider>,
    { entity: reviewsEntity, path },
  );
}

const search = () =>
  screen.getByText(/^\?|^$/, { selector: 'output' }).textContent;

/** The lines of the YAML that are marked. */
const marked = () =>
  [...document.querySelectorAll('mark')].map(line =>
    line.textContent?.replace('the field that decided', '').trim(),
  );

describe('ReasonDrawer', () => {
  it('shows the reasons, and the deciding object at its field', async () => {
    const user = userEvent.setup();
    await render(accepts);
    await user.click(
      screen.getByRole('button', {
        name: 'PeerAuthentication shop/reviews-v2',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Accepts: port 8080',
    });
    expect(dialog).toHaveTextContent('PERMISSIVE');
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(2);
    expect(dialog).toHaveTextContent('istio/peer-authentication');
    expect(
      await within(dialog).findByRole('region', {
        name: 'YAML of PeerAuthentication shop/reviews-v2',
      }),
    ).toHaveTextContent('portLevelMtls');
    expect(marked()).toEqual(['mode: PERMISSIVE']);
    expect(
      within(dialog).getByRole('link', { name: /dashboard of the cluster/ }),
    ).toHaveAttribute('href', expect.stringContaining('headlamp'));
    expect(search()).toBe('?reason=accepts,8080');
    expect(await axe(document.body)).toHaveNoViolations();
  });

  it('shows another object of the chain', async () => {
    const user = userEvent.setup();
    await render(accepts, '/?reason=accepts,8080');
    await user.click(
      await screen.findByRole('button', {
        name: 'Show PeerAuthentication shop/default',
      }),
    );
    await waitFor(() => expect(marked()).toEqual(['mode: STRICT']));
    expect(search()).toBe(
      '?reason=accepts,8080&object=east,security.istio.io/PeerAuthentication,shop,default&field=spec.mtls.mode',
    );
    expect(
      screen.getByRole('button', {
        name: 'Show PeerAuthentication shop/default',
      }),
    ).toHaveAttribute('aria-current', 'true');
  });

  it('is closed by Escape, and gives the focus back', async () => {
    const user = userEvent.setup();
    await render(accepts);
    const button = screen.getByRole('button', {
      name: 'PeerAuthentication shop/reviews-v2',
    });
    button.focus();
    await user.keyboard('{Enter}');
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(button).toHaveFocus();
    expect(search()).toBe('');
  });

  it('copies the YAML', async () => {
    const user = userEvent.setup();
    // Without a clipboard, the text is offered to be copied by hand.
    const prompt = jest.spyOn(window, 'prompt').mockReturnValue(null);
    jest.spyOn(console, 'error').mockImplementation();
    jest.spyOn(console, 'warn').mockImplementation();
    await render(accepts, '/?reason=accepts,8080');
    await user.click(await screen.findByRole('button', { name: /copy/i }));
    expect(prompt).toHaveBeenCalledWith(
      expect.anything(),
      expect.stringContaining(
        'portLevelMtls:\n    "8080":\n      mode: PERMISSIVE',
      ),
    );
    jest.restoreAllMocks();
  });

  it('asks for the object from where the answer was seen', async () => {
    await render(accepts, '/?reason=accepts,8080&from=shop');
    await waitFor(() => expect(marked()).toEqual(['mode: PERMISSIVE']));
    expect(new URL(backend.requests[0].url).searchParams.get('from')).toBe(
      'shop',
    );
  });

  it('says what is left out of the object', async () => {
    await render(
      { title: 'Accepts', reasons: [defaultPolicyReason] },
      '/?reason=accepts,8080',
    );
    expect(
      await screen.findByText(/Only the fields that rules read are kept/),
    ).toBeVisible();
    expect(marked()).toEqual([
      'config.linkerd.io/default-inbound-policy: all-unauthenticated',
    ]);
  });

  it.each([
    [
      'spec.mtls.other',
      /what would contain it is marked/,
      ['mtls:', 'mode: STRICT'],
    ],
    ['status.state', /does not have the field status.state\./, []],
  ])('says where the object does not have %s', async (field, text, lines) => {
    await render(
      { title: 'Accepts', reasons: [{ ...strictReason, field }] },
      '/?reason=accepts,8080',
    );
    expect(await screen.findByText(text)).toBeVisible();
    expect(marked()).toEqual(lines);
  });

  it('shows the object of a link whose answer is gone', async () => {
    await render(
      accepts,
      '/?reason=gone&object=east,security.istio.io/PeerAuthentication,shop,default&field=spec.mtls.mode',
    );
    expect(
      await screen.findByText(
        /This answer is not on the page any more. What follows/,
      ),
    ).toBeVisible();
    await waitFor(() => expect(marked()).toEqual(['mode: STRICT']));
  });

  it('says so where nothing of a link is there', async () => {
    await render(accepts, '/?reason=gone&object=broken');
    expect(
      await screen.findByText(/Close this panel to see the current ones/),
    ).toBeVisible();
  });

  it.each([
    [FORBIDDEN, 'You may not see the object'],
    [BROKEN, 'Could not load the object'],
  ])('draws the refusal %j', async (reply, text) => {
    backend.reply({ object: reply });
    await render(accepts, '/?reason=accepts,8080');
    expect(await screen.findByText(text)).toBeVisible();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(await axe(document.body)).toHaveNoViolations();
  });

  it('says so where the object is gone', async () => {
    await render(
      {
        title: 'Accepts',
        reasons: [
          {
            ...strictReason,
            object: {
              cluster: 'east',
              kind: 'Pod',
              namespace: 'shop',
              name: 'x',
            },
          },
        ],
      },
      '/?reason=accepts,8080',
    );
    expect(await screen.findByText('The object was not found')).toBeVisible();
  });

  it('says what is predicted, unknown, or may differ', async () => {
    await render(
      {
        ...accepts,
        cause: 'forbidden',
        predicted: true,
        mayDiffer: [
          { rule: 'istio/envoy-filter', text: 'EnvoyFilter x selects it' },
        ],
      },
      '/?reason=accepts,8080',
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('forbidden');
    expect(dialog).toHaveTextContent('No controller has written a status yet');
    expect(dialog).toHaveTextContent('EnvoyFilter x selects it');
  });

  it('offers nothing to open for an answer without reasons', async () => {
    await render({ title: 'Accepts', reasons: [] });
    expect(screen.queryByRole('button')).toBeNull();
  });
});
