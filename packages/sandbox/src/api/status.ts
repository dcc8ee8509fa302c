import type { ResourceType } from '../store/types';

/** The answer that the Kubernetes API gives instead of an object. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: {
    continue?: string;
    remainingItemCount?: number;
    resourceVersion?: string;
  };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** One reason of a refusal; `field` is a path as in `spec.ports[0].port`. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** What the messages need to know of a resource. */
type Named = Pick<ResourceType, 'group' | 'plural' | 'kind'>;

/** A refusal, with the Status that tells the client. */
export class ApiError extends Error {
  readonly status: Status;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: StatusDetails,
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    };
  }

  get code(): number {
    return this.status.code ?? 500;
  }

  get reason(): string {
    return this.status.reason ?? '';
  }
}

/** `deployments.apps`; `pods` in the core group. */
export function qualifiedPlural(resource: Named): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function detailsOf(resource: Named, name: string): StatusDetails {
  return {
    ...(name && { name }),
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
  };
}

export function notFound(resource: Named, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${qualifiedPlural(resource)} "${name}" not found`,
    detailsOf(resource, name),
  );
}

/** The path names no resource that the cluster serves. */
export function unknownResource(): ApiError {
  return new ApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

export function alreadyExists(
  resource: Named,
  name: string,
  isBeingDeleted: boolean = false,
): ApiError {
  const message = `${qualifiedPlural(resource)} "${name}" already exists`;
  return new ApiError(
    409,
    'AlreadyExists',
    isBeingDeleted ? `object is being deleted: ${message}` : message,
    detailsOf(resource, name),
  );
}

export function conflict(
  resource: Named,
  name: string,
  message: string,
): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedPlural(
      resource,
    )} "${name}": ${message}`,
    detailsOf(resource, name),
  );
}

/** The caller's resourceVersion is not the current one. */
export function modified(resource: Named, name: string): ApiError {
  return conflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

export function invalid(
  resource: Pick<Named, 'group' | 'kind'>,
  name: string,
  causes: StatusCause[],
): ApiError {
  const kind = resource.group
    ? `${resource.kind}.${resource.group}`
    : resource.kind;
  const lines = causes.map(cause =>
    cause.field ? `${cause.field}: ${cause.message}` : cause.message ?? '',
  );
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new ApiError(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, {
    ...(name && { name }),
    ...(resource.group && { group: resource.group }),
    ...(resource.kind && { kind: resource.kind }),
    causes,
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function forbidden(
  resource: Named,
  name: string,
  message: string,
): ApiError {
  const what = name
    ? `${qualifiedPlural(resource)} "${name}"`
    : qualifiedPlural(resource);
  return new ApiError(
    403,
    'Forbidden',
    `${what} is forbidden: ${message}`,
    detailsOf(resource, name),
  );
}

/** The asked resource version is no longer in the history. */
export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

/** An answer to a call that succeeded and has no object to return. */
export function success(details?: StatusDetails): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    ...(details && { details }),
  };
}
