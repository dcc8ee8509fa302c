import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { useRef } from 'react';
import { objectLabel } from '../../format/refs';
import { EntityParams } from '../../hooks/useEntityParams';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { AnswerRegistry } from './AnswerRegistry';
import { ObjectPanel } from './ObjectPanel';
import { ReasonChain } from './ReasonChain';
import { OpenReason, useOpenReason } from './useOpenReason';

const useStyles = makeStyles(
  theme => ({
    paper: {
      width: 760,
      maxWidth: '100vw',
      padding: theme.spacing(3),
      gap: theme.spacing(3),
      ...theme.typography.body2,
      lineHeight: 1.5,
    },
    header: {
      display: 'flex',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
    },
  }),
  { name: 'MeshReasonDrawer' },
);

const TITLE_ID = 'mesh-reason-title';

/** Shows why an answer is what it is: its reasons in order, and the object behind the chosen one. */
export function ReasonDrawer(props: {
  registry: AnswerRegistry;
  entity: EntityParams;
}) {
  const classes = useStyles();
  const current = useOpenReason(props.registry);
  // While the drawer slides out it keeps showing what it showed.
  const last = useRef<OpenReason>();
  last.current = current ?? last.current;

  return (
    <Drawer
      anchor="right"
      open={current !== undefined}
      onClose={() => current?.close()}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': TITLE_ID,
        className: classes.paper,
      }}
    >
      {last.current && (
        <DrawerContent open={last.current} entity={props.entity} />
      )}
    </Drawer>
  );
}

function DrawerContent(props: { open: OpenReason; entity: EntityParams }) {
  const { answer, object, field, select, close } = props.open;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <>
      <div className={classes.header}>
        <div>
          <Typography variant="h5" component="h2" id={TITLE_ID}>
            {answer?.title ??
              (object ? objectLabel(object) : t('drawer.reasons'))}
          </Typography>
          {answer?.word && (
            <Typography variant="h6" component="p">
              {answer.word}
            </Typography>
          )}
        </div>
        <IconButton edge="end" aria-label={t('drawer.close')} onClick={close}>
          <CloseIcon />
        </IconButton>
      </div>
      {answer ? (
        <ReasonChain answer={answer} chosen={object} onChoose={select} />
      ) : (
        <Typography role="status">
          {object ? t('drawer.gone') : t('drawer.goneWithoutObject')}
        </Typography>
      )}
      {object && (
        <ObjectPanel entity={props.entity} object={object} field={field} />
      )}
    </>
  );
}
