/**
 * A condition as Linkerd's policy controller writes it to the status of an object.
 *
 * @public
 */
export interface LinkerdStatusCondition {
  type: 'Accepted' | 'ResolvedRefs';
  status: 'True' | 'False';
  reason: string;
  /** The controller's; most conditions have none. */
  message?: string;
  /** What is wrong, in full; not a part of what the controller writes. */
  why?: string;
}

/** The condition of an object that the controller takes. */
export const ACCEPTED: LinkerdStatusCondition = {
  type: 'Accepted',
  status: 'True',
  reason: 'Accepted',
};

/** The condition of a route all of whose backends are there. */
export const RESOLVED: LinkerdStatusCondition = {
  type: 'ResolvedRefs',
  status: 'True',
  reason: 'ResolvedRefs',
};

export function notAccepted(
  reason: string,
  why: string,
  message?: string,
): LinkerdStatusCondition {
  return {
    type: 'Accepted',
    status: 'False',
    reason,
    ...(message !== undefined && { message }),
    why,
  };
}

export function notResolved(
  reason: string,
  why: string,
  message?: string,
): LinkerdStatusCondition {
  return {
    type: 'ResolvedRefs',
    status: 'False',
    reason,
    ...(message !== undefined && { message }),
    why,
  };
}
