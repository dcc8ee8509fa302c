import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { FleetService } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { meshTitle } from '../../meshes/enrolGuides';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { VERDICTS } from '../Status/answerTones';
import { FindingCounts } from '../Status/FindingCounts';
import { NamesInText } from '../Status/NamesInText';
import { StatusWord } from '../Status/StatusWord';
import { ServiceNameCell } from './ServiceNameCell';

const useStyles = makeStyles(
  theme => ({
    why: { color: subtleColor(theme), maxWidth: 420, minWidth: 180 },
    // A name breaks at its hyphens; one without any is not cut in two.
    name: { minWidth: 110 },
  }),
  { name: 'MeshServiceRow' },
);

/** One service of the catalog, with its verdict and why. */
export function ServiceRow({ service }: { service: FleetService }) {
  const { entityRef, title, owner, system, verdict, why } = service;
  const t = useMeshTranslation();
  const classes = useStyles();
  const none = t('fleet.services.none');
  return (
    <MarkedRow shown={JSON.stringify([verdict, service.findings])}>
      <ServiceNameCell
        entityRef={entityRef}
        title={title}
        className={classes.name}
      />
      <TableCell>
        {owner ? <EntityRefLink entityRef={owner} defaultKind="group" /> : none}
      </TableCell>
      <TableCell>
        {system ? (
          <EntityRefLink entityRef={system} defaultKind="system" />
        ) : (
          none
        )}
      </TableCell>
      <TableCell>
        <StatusWord {...VERDICTS[verdict]}>
          {t(`verdict.${verdict}`)}
        </StatusWord>
        {why && (
          <div className={classes.why}>
            <NamesInText text={why} />
          </div>
        )}
      </TableCell>
      <TableCell>{service.meshes.map(meshTitle).join(', ') || none}</TableCell>
      <TableCell>{service.clusters.join(', ')}</TableCell>
      <TableCell>{service.workloads}</TableCell>
      <TableCell>
        <FindingCounts counts={service.findings} />
      </TableCell>
    </MarkedRow>
  );
}
