/**
 * The channel of the signal that tells open pages to refetch. Its message carries no data.
 *
 * @public
 */
export const MESH_SIGNAL_CHANNEL = 'mesh';

/**
 * The message of that signal.
 *
 * @public
 */
export interface MeshSignal {
  changed: true;
}
