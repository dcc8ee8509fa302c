import { istio } from '../istio/adapter';
import { linkerd } from '../linkerd/adapter';
import { MeshAdapter } from './MeshAdapter';

/**
 * The meshes that are known. Where two could carry a pod, the first one is asked first.
 *
 * @public
 */
export const MESHES: readonly MeshAdapter[] = [istio, linkerd];
