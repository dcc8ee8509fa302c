import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  CallerIdentity,
  EnrolmentMode,
  Placement,
  PolicyCaller,
} from 'backstage-plugin-mesh-common';
import { Asking, MeshBackend } from '../MeshBackend';
import { CallerInput } from './input';

/** The callers with their identities, and what is to be said of them. */
export interface ResolvedCallers {
  callers: PolicyCaller[];
  entityRefs: string[];
  notes: string[];
}

type Resolution =
  | Omit<ResolvedCallers, 'entityRefs'>
  /** What to say of a caller whose identity is not known. */
  | { problem: string };

/**
 * The identities of the callers: of each entity, the accounts that its pods run under on the cluster. Throws
 * InputError that names each caller without pods there, and asks for its account: a name is no evidence of
 * what will run.
 */
export async function resolveCallers(
  backend: MeshBackend,
  inputs: readonly CallerInput[],
  placement: Placement,
  asking: Asking,
): Promise<ResolvedCallers> {
  const resolved: ResolvedCallers = { callers: [], entityRefs: [], notes: [] };
  const problems: string[] = [];
  for (const [index, input] of inputs.entries()) {
    const field = `callers[${index}]`;
    const ref = readRef(input.entityRef, field);
    const entityRef = stringifyEntityRef(ref);
    const answer = await backend.identities(ref, asking);
    const resolution: Resolution = answer
      ? resolve(input, entityRef, field, placement, answer.identities)
      : {
          problem: `${field}.entityRef: there is no entity ${entityRef} that you may read`,
        };
    if ('problem' in resolution) {
      problems.push(resolution.problem);
    } else {
      resolved.entityRefs.push(entityRef);
      resolved.callers.push(...resolution.callers);
      resolved.notes.push(...resolution.notes);
    }
  }
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
  return resolved;
}

function readRef(text: string, field: string) {
  try {
    return parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
  } catch (error) {
    throw new InputError(
      `${field}.entityRef: ${JSON.stringify(
        text,
      )} is no reference of an entity`,
      error,
    );
  }
}

function resolve(
  input: CallerInput,
  entityRef: string,
  field: string,
  placement: Placement,
  identities: readonly CallerIdentity[],
): Resolution {
  const here = identities.filter(
    ({ cluster }) => cluster === placement.cluster,
  );
  if (input.serviceAccount) {
    return given(input, input.serviceAccount, entityRef, placement, here);
  }
  const found = input.namespace
    ? here.filter(({ namespace }) => namespace === input.namespace)
    : here;
  if (found.length === 0) {
    return {
      problem: withoutPods(input, entityRef, field, placement, identities),
    };
  }
  const accounts = accountsOf(found);
  return {
    callers: accounts.map(account => ({
      entityRef,
      ...account,
      modes: modesOf(account, found, placement),
    })),
    notes: [
      ...severalNote(entityRef, accounts, placement),
      ...defaultNotes(entityRef, accounts),
      ...meshNotes(entityRef, found, placement),
    ],
  };
}

/** The account that the form gives counts, and it is said where the pods say something else. */
function given(
  { namespace }: CallerInput,
  serviceAccount: string,
  entityRef: string,
  placement: Placement,
  here: readonly CallerIdentity[],
): Resolution {
  const running = accountsOf(here);
  const [first, ...others] = new Set(running.map(account => account.namespace));
  const account = {
    namespace:
      namespace ?? (first && others.length === 0 ? first : placement.namespace),
    serviceAccount,
  };
  return {
    callers: [
      { entityRef, ...account, modes: modesOf(account, here, placement) },
    ],
    notes: [
      ...givenNotes(entityRef, account, running, placement),
      ...defaultNotes(entityRef, [account]),
      ...meshNotes(entityRef, here, placement),
    ],
  };
}

function givenNotes(
  entityRef: string,
  account: Account,
  running: readonly Account[],
  { cluster }: Placement,
): string[] {
  if (running.length === 0) {
    return [
      `${entityRef} has no pods on ${cluster}: its account ${textOf(
        account,
      )} is as the form has it`,
    ];
  }
  return running.some(known => textOf(known) === textOf(account))
    ? []
    : [
        `${entityRef} runs under ${running
          .map(textOf)
          .join(', ')} on ${cluster}, but the form says ${textOf(
          account,
        )}, which is what is allowed`,
      ];
}

function withoutPods(
  { namespace }: CallerInput,
  entityRef: string,
  field: string,
  { cluster }: Placement,
  identities: readonly CallerIdentity[],
): string {
  const elsewhere = [
    ...new Set(
      identities.map(identity =>
        identity.cluster === cluster
          ? `in the namespace ${identity.namespace}`
          : `on ${identity.cluster}`,
      ),
    ),
  ];
  return `${field}.serviceAccount: ${entityRef} has no pods on ${cluster}${
    namespace ? ` in the namespace ${namespace}` : ''
  }${
    elsewhere.length > 0 ? ` (it runs ${elsewhere.join(', ')})` : ''
  }; give the service account that it will run under, which is not guessed from its name`;
}

interface Account {
  namespace: string;
  serviceAccount: string;
}

function accountsOf(identities: readonly CallerIdentity[]): Account[] {
  const accounts = new Map(
    identities.map(({ namespace, serviceAccount }) => [
      `${namespace}/${serviceAccount}`,
      { namespace, serviceAccount },
    ]),
  );
  return [...accounts.values()];
}

/** How the pods under an account take part in the mesh of the service; nothing where there are none. */
function modesOf(
  account: Account,
  identities: readonly CallerIdentity[],
  { mesh }: Placement,
): EnrolmentMode[] {
  return [
    ...new Set(
      identities
        .filter(identity => textOf(identity) === textOf(account))
        .map(identity =>
          identity.mode === 'unknown' || identity.mesh === mesh
            ? identity.mode
            : 'none',
        ),
    ),
  ];
}

function textOf({ namespace, serviceAccount }: Account): string {
  return `${namespace}/${serviceAccount}`;
}

function severalNote(
  entityRef: string,
  accounts: readonly Account[],
  { cluster }: Placement,
): string[] {
  return accounts.length > 1
    ? [
        `${entityRef} runs under ${
          accounts.length
        } service accounts on ${cluster}: ${accounts
          .map(textOf)
          .join(', ')}; all of them are allowed`,
      ]
    : [];
}

function defaultNotes(
  entityRef: string,
  accounts: readonly Account[],
): string[] {
  return accounts
    .filter(({ serviceAccount }) => serviceAccount === 'default')
    .map(
      ({ namespace }) =>
        `${entityRef} runs under the account default of ${namespace}: every pod of that namespace without an account of its own is allowed with it`,
    );
}

function meshNotes(
  entityRef: string,
  identities: readonly CallerIdentity[],
  placement: Placement,
): string[] {
  const outside = identities.filter(
    ({ mesh, mode }) => mode !== 'unknown' && mesh !== placement.mesh,
  );
  const meshes = [...new Set(outside.map(({ mesh }) => mesh))];
  return meshes.map(mesh =>
    mesh
      ? `Pods of ${entityRef} are in another mesh (${mesh}): neither speaks the other's mutual TLS, so that they are refused`
      : `Pods of ${entityRef} are in no mesh: without its mutual TLS they are refused`,
  );
}
