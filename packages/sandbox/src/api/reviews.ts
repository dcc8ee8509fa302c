import type { PolicyRule } from '../auth/rbac';
import { isRecord, recordOf } from '../store/values';
import type { DocumentAnswer } from './answer';
import { readValue } from './body';
import type { ApiContext } from './context';
import type { ApiRequest, ResourceRequest } from './requestInfo';
import { badRequest } from './status';

const NOTHING: PolicyRule = {
  verbs: [],
  apiGroups: [],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
};
const EVERYTHING: PolicyRule = {
  ...NOTHING,
  verbs: ['*'],
  apiGroups: ['*'],
  resources: ['*'],
};
const EVERY_PATH: PolicyRule = {
  ...NOTHING,
  verbs: ['*'],
  nonResourceURLs: ['*'],
};
const OWN_RIGHTS: PolicyRule = {
  ...NOTHING,
  verbs: ['create'],
  apiGroups: ['authorization.k8s.io', 'authentication.k8s.io'],
  resources: [
    'selfsubjectaccessreviews',
    'selfsubjectreviews',
    'selfsubjectrulesreviews',
  ],
};
const OPEN_PATHS: PolicyRule = {
  ...NOTHING,
  verbs: ['get'],
  nonResourceURLs: [
    '/api',
    '/api/*',
    '/apis',
    '/apis/*',
    '/healthz',
    '/livez',
    '/openapi',
    '/openapi/*',
    '/readyz',
    '/version',
  ],
};

/** A kind that is asked, not stored. */
export interface ReviewKind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  answer: (
    context: ApiContext,
    request: ApiRequest,
    spec: Record<string, unknown>,
  ) => { spec?: unknown; status: unknown };
}

/** The questions that `kubectl auth can-i` and `kubectl auth whoami` ask. */
export const reviewKinds: readonly ReviewKind[] = [
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    kind: 'SelfSubjectAccessReview',
    plural: 'selfsubjectaccessreviews',
    answer: accessReview,
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    kind: 'SelfSubjectRulesReview',
    plural: 'selfsubjectrulesreviews',
    answer: rulesReview,
  },
  {
    group: 'authentication.k8s.io',
    version: 'v1',
    kind: 'SelfSubjectReview',
    plural: 'selfsubjectreviews',
    answer: (_context, { user }) => ({
      status: { userInfo: { username: user.name, groups: user.groups } },
    }),
  },
];

export function reviewKindAt({
  group,
  version,
  plural,
}: ResourceRequest): ReviewKind | undefined {
  return reviewKinds.find(
    kind =>
      kind.group === group &&
      kind.version === version &&
      kind.plural === plural,
  );
}

export async function review(
  context: ApiContext,
  request: ApiRequest,
  { group, version, kind, answer }: ReviewKind,
): Promise<DocumentAnswer> {
  const value = (await readValue(request)) ?? {};
  if (!isRecord(value) || (value.kind ?? kind) !== kind) {
    throw badRequest(`the body is not a ${kind}`);
  }
  return {
    type: 'document',
    code: 201,
    body: {
      kind,
      apiVersion: `${group}/${version}`,
      metadata: {},
      ...answer(context, request, recordOf(value.spec)),
    },
  };
}

function accessReview(
  { authorizer }: ApiContext,
  { user }: ApiRequest,
  spec: Record<string, unknown>,
) {
  const resource = isRecord(spec.resourceAttributes)
    ? spec.resourceAttributes
    : undefined;
  const path = recordOf(spec.nonResourceAttributes);
  if (!resource && !isRecord(spec.nonResourceAttributes)) {
    throw badRequest(
      'SelfSubjectAccessReview: one of spec.resourceAttributes and spec.nonResourceAttributes is required',
    );
  }
  const allowed = authorizer.allows({
    user,
    verb: text(resource?.verb ?? path.verb),
    path: text(path.path),
    ...(resource && {
      resource: {
        group: text(resource.group),
        plural: text(resource.resource),
        ...optional('subresource', resource.subresource),
        ...optional('namespace', resource.namespace),
        ...optional('name', resource.name),
      },
    }),
  });
  return { spec, status: { allowed } };
}

function rulesReview(
  { authorizer }: ApiContext,
  { user }: ApiRequest,
  spec: Record<string, unknown>,
) {
  const namespace = text(spec.namespace);
  if (!namespace) {
    throw badRequest('no namespace on request');
  }
  const rules = user.groups.includes('system:masters')
    ? [EVERYTHING, EVERY_PATH]
    : [...authorizer.rulesOf(user, namespace), OWN_RIGHTS, OPEN_PATHS];
  return {
    spec: {},
    status: {
      resourceRules: rules
        .filter(rule => rule.resources.length > 0)
        .map(({ verbs, apiGroups, resources, resourceNames }) => ({
          verbs,
          apiGroups,
          resources,
          ...(resourceNames.length > 0 && { resourceNames }),
        })),
      nonResourceRules: rules
        .filter(rule => rule.nonResourceURLs.length > 0)
        .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
      incomplete: false,
    },
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optional<K extends string>(
  key: K,
  value: unknown,
): Partial<Record<K, string>> {
  const result: Partial<Record<K, string>> = {};
  if (typeof value === 'string' && value) {
    result[key] = value;
  }
  return result;
}
