import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import {
  ChecklistCounts,
  FleetReadinessAnswer,
} from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { progressOf, toneOf } from '../ReadinessTab/states';
import { StatusWord } from '../Status/StatusWord';
import { ServiceNameCell } from './ServiceNameCell';

const useStyles = makeStyles(
  theme => ({
    // The sections scroll; whose they are stays in sight.
    name: {
      minWidth: 130,
      position: 'sticky',
      left: 0,
      zIndex: 1,
      backgroundColor: theme.palette.background.paper,
    },
    cell: { whiteSpace: 'nowrap' },
    detail: { color: subtleColor(theme), fontSize: '0.8125rem' },
  }),
  { name: 'MeshChecklistRow' },
);

/** One service: how far it is in all, and in each section. */
export function ChecklistRow(props: {
  entity: FleetReadinessAnswer['entities'][number];
}) {
  const { entityRef, title, owner, counts, sections } = props.entity;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <MarkedRow shown={JSON.stringify(sections)}>
      <ServiceNameCell
        entityRef={entityRef}
        title={title}
        className={classes.name}
      >
        <div>
          {owner ? (
            <EntityRefLink entityRef={owner} defaultKind="group" />
          ) : (
            <span className={classes.detail}>
              {t('readiness.fleet.noOwner')}
            </span>
          )}
        </div>
      </ServiceNameCell>
      {[counts, ...sections].map((each, index) => (
        <TableCell key={index} className={classes.cell}>
          <Counts counts={each} />
        </TableCell>
      ))}
    </MarkedRow>
  );
}

function Counts({ counts }: { counts: ChecklistCounts }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const { met, applicable } = progressOf(counts);
  if (applicable === 0) {
    return <>{t('readiness.fleet.na')}</>;
  }
  const details = [
    ...(counts.fail > 0
      ? [t('readiness.fleet.fails', { fail: String(counts.fail) })]
      : []),
    ...(counts.unknown > 0
      ? [t('readiness.fleet.unknowns', { unknown: String(counts.unknown) })]
      : []),
  ];
  return (
    <>
      <StatusWord tone={toneOf(counts)}>
        {t('readiness.fleet.cell', {
          met: String(met),
          applicable: String(applicable),
        })}
      </StatusWord>
      {details.map(detail => (
        <div key={detail} className={classes.detail}>
          {detail}
        </div>
      ))}
    </>
  );
}
