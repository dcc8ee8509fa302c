/**
 * The windows over which observations can be asked for, in seconds.
 *
 * @public
 */
export const OBSERVATION_WINDOWS = [60, 300, 900, 3600, 21600] as const;

/**
 * Window of observations where none is asked for, in seconds.
 *
 * @public
 */
export const DEFAULT_OBSERVATION_WINDOW = 900;
