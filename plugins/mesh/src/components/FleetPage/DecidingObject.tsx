import { makeStyles } from '@material-ui/core/styles';
import { Reason } from 'backstage-plugin-mesh-common';
import { objectLabel } from '../../format/refs';
import { subtleColor } from '../../theme/tones';
import { NamesInText } from '../Status/NamesInText';

const useStyles = makeStyles(
  theme => ({
    field: {
      color: subtleColor(theme),
      fontFamily: 'monospace',
      overflowWrap: 'anywhere',
      display: 'block',
    },
  }),
  { name: 'MeshDecidingObject' },
);

/** The object and field that decided. On the fleet page nothing opens it: objects are shown to readers of an entity. */
export function DecidingObject({ reason }: { reason: Reason | undefined }) {
  const classes = useStyles();
  return reason?.object ? (
    <>
      <NamesInText text={objectLabel(reason.object)} />
      {reason.field && <code className={classes.field}>{reason.field}</code>}
    </>
  ) : null;
}
