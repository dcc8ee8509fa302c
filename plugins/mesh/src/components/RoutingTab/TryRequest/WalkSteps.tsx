import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Reason,
  WalkAnswer,
  WalkBranch,
  WalkStep,
} from 'backstage-plugin-mesh-common';
import {
  answerId,
  objectKey,
  objectLabel,
  workloadLabel,
} from '../../../format/refs';
import { useFormat } from '../../../hooks/useFormat';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { Tone } from '../../../theme/tones';
import { ReasonButton } from '../../Reasons/ReasonButton';
import { StatusWord } from '../../Status/StatusWord';
import { VisuallyHidden } from '../../Status/VisuallyHidden';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      paddingLeft: theme.spacing(4),
      overflowWrap: 'anywhere',
      '& > li': { paddingBottom: theme.spacing(0.5) },
    },
    branch: { marginTop: theme.spacing(1) },
    deciders: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      paddingLeft: '1.75em',
    },
  }),
  { name: 'MeshWalkSteps' },
);

const TONES: Readonly<Record<WalkStep['result'], Tone>> = {
  ok: 'good',
  ends: 'bad',
  depends: 'notice',
  unknown: 'neutral',
};

/** The steps of a request, in order; where it is shared among destinations, those of each. */
export function WalkSteps(props: { id: string; walk: WalkAnswer }) {
  const { id, walk } = props;
  const { steps, branches } = walk;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const several = branches.length > 1;
  return (
    <>
      <StepList
        id={id}
        walk={walk}
        steps={several ? steps : [...steps, ...branches.flatMap(b => b.steps)]}
        start={1}
      />
      {!several && branches[0] && <Identity branch={branches[0]} />}
      {several &&
        branches.map((branch, index) => {
          const { percent, host = t('walk.nowhere'), port, subset } = branch;
          const name = port ? `${host}:${port}` : host;
          return (
            <div
              key={`${name}/${subset ?? ''}/${index}`}
              className={classes.branch}
            >
              <Typography variant="subtitle2" component="h5">
                {subset
                  ? t('walk.branchSubset', {
                      percent: format.percent(percent),
                      host: name,
                      subset,
                    })
                  : t('walk.branch', {
                      percent: format.percent(percent),
                      host: name,
                    })}
              </Typography>
              <StepList
                id={answerId(id, String(index))}
                walk={walk}
                steps={branch.steps}
                start={steps.length + 1}
              />
              <Identity branch={branch} />
            </div>
          );
        })}
    </>
  );
}

/** Who the server sees: behind a gateway that is not the client. */
function Identity(props: { branch: WalkBranch }) {
  const { peerIdentity, via = [] } = props.branch;
  const t = useMeshTranslation();
  return peerIdentity && via.length > 0 ? (
    <Typography variant="body2">
      {t('walk.seenAs', {
        identity: peerIdentity,
        gateway: via.map(workloadLabel).join(', '),
      })}
    </Typography>
  ) : null;
}

function StepList(props: {
  id: string;
  walk: WalkAnswer;
  steps: readonly WalkStep[];
  start: number;
}) {
  const { id, walk, steps, start } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const { method, path } = walk.request;
  return (
    <ol className={classes.list} start={start} aria-label={t('walk.steps')}>
      {steps.map(({ step, result, text, reasons }, index) => (
        <li key={`${index} ${step}`}>
          <StatusWord tone={TONES[result]}>
            {t(`walk.step.${step}`)}
            <VisuallyHidden>{` (${t(`walk.mark.${result}`)})`}</VisuallyHidden>
          </StatusWord>{' '}
          {text}
          <div className={classes.deciders}>
            {decidersOf(reasons).map(({ key, label, first }) => (
              <ReasonButton
                key={key}
                id={answerId('walk', id, String(start + index), key)}
                answer={{
                  title: t('walk.stepOf', {
                    step: t(`walk.step.${step}`),
                    method,
                    path,
                  }),
                  word: text,
                  reasons: [
                    ...first,
                    ...reasons.filter(r => !first.includes(r)),
                  ],
                }}
              >
                {label}
              </ReasonButton>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The objects that decide, each once, with the reasons that name it; none: the reasons alone. */
function decidersOf(
  reasons: readonly Reason[],
): { key: string; label?: string; first: Reason[] }[] {
  const byObject = new Map<string, Reason[]>();
  for (const reason of reasons) {
    if (reason.object) {
      const key = objectKey(reason.object);
      byObject.set(key, [...(byObject.get(key) ?? []), reason]);
    }
  }
  return byObject.size === 0
    ? [{ key: '', first: [] }]
    : [...byObject].map(([key, first]) => ({
        key,
        ...(first[0].object && { label: objectLabel(first[0].object) }),
        first,
      }));
}
