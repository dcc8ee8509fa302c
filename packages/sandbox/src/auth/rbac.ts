import type { UserInfo } from '../api/requestInfo';
import type { ObjectStore, StoredObject } from '../store/types';
import { listOf, recordOf, type JsonRecord } from '../store/values';

const GROUP = 'rbac.authorization.k8s.io';
const ALL = '*';
const SUPERUSERS = 'system:masters';

/** What someone wants to do. */
export interface Attributes {
  user: UserInfo;
  verb: string;
  /** Absent for a path that is no resource. */
  resource?: {
    group: string;
    plural: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  path: string;
}

export interface PolicyRule {
  verbs: readonly string[];
  apiGroups: readonly string[];
  resources: readonly string[];
  resourceNames: readonly string[];
  nonResourceURLs: readonly string[];
}

/** Decides by the RBAC objects of a store, as they are at the moment of the question. */
export class Authorizer {
  readonly #store: ObjectStore;

  static create(store: ObjectStore): Authorizer {
    return new Authorizer(store);
  }

  private constructor(store: ObjectStore) {
    this.#store = store;
  }

  allows(attributes: Attributes): boolean {
    const { user, resource } = attributes;
    return (
      user.groups.includes(SUPERUSERS) ||
      isOpen(attributes) ||
      this.rulesOf(user, resource?.namespace).some(rule =>
        allowsBy(rule, attributes),
      )
    );
  }

  /** The rules that hold for a user in a namespace: those of the cluster, and those of the namespace. */
  rulesOf(user: UserInfo, namespace: string | undefined): PolicyRule[] {
    const rules = this.#objects('ClusterRoleBinding')
      .filter(binding => names(binding, user))
      .flatMap(binding => this.#rulesOfRole(binding));
    const local = namespace
      ? this.#objects('RoleBinding', namespace)
          .filter(binding => names(binding, user))
          .flatMap(binding => this.#rulesOfRole(binding))
      : [];
    return [...rules, ...local];
  }

  #rulesOfRole(binding: StoredObject): PolicyRule[] {
    const { kind, name } = recordOf(binding.roleRef);
    const namespace = binding.metadata.namespace;
    const role =
      kind === 'Role'
        ? this.#object('Role', namespace, name)
        : this.#object('ClusterRole', undefined, name);
    return listOf(role?.rules).map(rule => policyRule(recordOf(rule)));
  }

  #objects(kind: string, namespace?: string): readonly StoredObject[] {
    const resource = this.#store.resourceOf(GROUP, kind);
    return resource ? this.#store.list(resource, namespace) : [];
  }

  #object(
    kind: string,
    namespace: string | undefined,
    name: unknown,
  ): StoredObject | undefined {
    const resource = this.#store.resourceOf(GROUP, kind);
    return resource && typeof name === 'string'
      ? this.#store.get(resource, namespace, name)
      : undefined;
  }
}

const OPEN_PATHS = [
  '/api',
  '/apis',
  '/healthz',
  '/livez',
  '/openapi',
  '/readyz',
  '/version',
];
const OPEN_RESOURCES = [
  'selfsubjectaccessreviews',
  'selfsubjectrulesreviews',
  'selfsubjectreviews',
];

/** What every authenticated user may: discovery, health, and to ask for their own rights. */
function isOpen({ verb, resource, path }: Attributes): boolean {
  return resource
    ? verb === 'create' && OPEN_RESOURCES.includes(resource.plural)
    : verb === 'get' &&
        OPEN_PATHS.some(open => path === open || path.startsWith(`${open}/`));
}

function names(binding: StoredObject, user: UserInfo): boolean {
  return listOf(binding.subjects)
    .map(recordOf)
    .some(({ kind, name, namespace }) => {
      switch (kind) {
        case 'User':
          return name === user.name;
        case 'Group':
          return user.groups.some(group => group === name);
        default:
          return (
            kind === 'ServiceAccount' &&
            user.name ===
              `system:serviceaccount:${
                namespace ?? binding.metadata.namespace
              }:${name}`
          );
      }
    });
}

function policyRule(rule: JsonRecord): PolicyRule {
  return {
    verbs: texts(rule.verbs),
    apiGroups: texts(rule.apiGroups),
    resources: texts(rule.resources),
    resourceNames: texts(rule.resourceNames),
    nonResourceURLs: texts(rule.nonResourceURLs),
  };
}

function texts(value: unknown): string[] {
  return listOf(value).filter(item => typeof item === 'string');
}

/** Whether one rule of a role allows a request. */
export function allowsBy(
  rule: PolicyRule,
  { verb, resource, path }: Omit<Attributes, 'user'>,
): boolean {
  if (!includes(rule.verbs, verb)) {
    return false;
  }
  if (!resource) {
    return rule.nonResourceURLs.some(url =>
      url.endsWith(ALL) ? path.startsWith(url.slice(0, -1)) : path === url,
    );
  }
  const { group, plural, subresource, name } = resource;
  return (
    includes(rule.apiGroups, group) &&
    rule.resources.some(allowed =>
      matchesResource(allowed, plural, subresource),
    ) &&
    (rule.resourceNames.length === 0 ||
      (name !== undefined && rule.resourceNames.includes(name)))
  );
}

function includes(allowed: readonly string[], value: string): boolean {
  return allowed.includes(ALL) || allowed.includes(value);
}

function matchesResource(
  allowed: string,
  plural: string,
  subresource: string | undefined,
): boolean {
  const asked = subresource ? `${plural}/${subresource}` : plural;
  return (
    allowed === ALL ||
    allowed === asked ||
    (subresource !== undefined && allowed === `*/${subresource}`)
  );
}
