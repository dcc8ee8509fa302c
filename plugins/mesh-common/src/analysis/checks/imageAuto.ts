import { PodSpec } from '../../kubernetes/core';

/** The path of a proxy whose image the injector is to fill in; undefined where there is none. */
export function autoImage({ containers }: PodSpec): string | undefined {
  const index = containers.findIndex(
    ({ name, image }) => name === 'istio-proxy' && image === 'auto',
  );
  return index < 0 ? undefined : `containers[${index}].image`;
}
