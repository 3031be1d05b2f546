import { phrase } from '../../../core/words/words.ts'
import {
  chooseSecondSeries,
  dropStored,
  dropTissue,
  giveBasis,
  givePolicy,
  giveRegions,
  isDefaultPolicy,
} from '../../state/calibrationEdits.ts'
import type { DecisionEdit } from '../../state/decisionEdits.ts'
import { shapeId } from '../../state/overlayShapes.ts'
import { useRegionsHu } from '../../state/regionsHu.ts'
import { session } from '../../state/session.ts'
import { lookAt } from '../../state/viewActions.ts'
import { useViewer, viewerStore } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { signedNumber } from '../../ui/signedNumber.ts'
import { GivenFile } from './GivenFile.tsx'
import { SecondSeries } from './SecondSeries.tsx'

/** What routes beyond the phantom in the scan rest on: files, the regions of tissues, the second series. */
export function RouteInputs() {
  return (
    <section aria-label={phrase('viewer.given.title')}>
      <h3>{phrase('viewer.given.title')}</h3>
      <ul className="given">
        <Stored />
        <Policy />
        <Tissues />
        <Regions />
        <SecondSeries
          onChoose={(id) => session.decide(phrase('viewer.edit.secondSeries'), chooseSecondSeries(id))}
        />
        <Basis />
      </ul>
    </section>
  )
}

/** Calibrations given as files, and those that the server keeps for this scanner. */
function Stored() {
  const stored = useViewer((state) => state.decisions.present.calibration.asynchronous?.stored ?? NONE)
  return (
    <GivenFile kind="stored" allowsMultiple>
      {stored.length === 0 ? <Nothing /> : null}
      {stored.map(({ calibration: { key, date } }, index) => (
        <Item
          key={`${key.deviceSerial} ${key.phantomSerial} ${key.kvp} ${date}`}
          words={phrase('viewer.given.storedItem', {
            model: key.model,
            kvp: key.kvp,
            phantom: key.phantomSerial,
            date,
          })}
          what={phrase('viewer.given.stored')}
          drop={dropStored(index)}
        />
      ))}
    </GivenFile>
  )
}

function Policy() {
  const policy = useViewer((state) => state.decisions.present.calibration.asynchronous?.policy ?? null)
  const isOwn = policy !== null && !isDefaultPolicy(policy)
  return (
    <GivenFile kind="policy">
      {isOwn ? (
        <Item
          words={phrase('viewer.given.ownPolicy')}
          what={phrase('viewer.given.policy')}
          drop={givePolicy(null)}
        />
      ) : (
        <li className="muted">{phrase('viewer.given.defaultPolicy')}</li>
      )}
    </GivenFile>
  )
}

const TISSUE_PARTS = ['reference', 'densities', 'spread'] as const

function Tissues() {
  const tissue = useViewer((state) => state.decisions.present.calibration.tissue)
  const given = TISSUE_PARTS.flatMap((part) => {
    const values = tissue?.[part] ?? null
    return values === null ? [] : [{ part, citation: values.citation }]
  })
  return (
    <GivenFile kind="tissue" allowsMultiple>
      {given.length === 0 ? <Nothing /> : null}
      {given.map(({ part, citation }) => (
        <Item
          key={part}
          words={phrase(`viewer.given.${part}`, { citation })}
          what={phrase('viewer.given.tissue')}
          drop={dropTissue(part)}
        />
      ))}
    </GivenFile>
  )
}

function Regions() {
  const regions = useViewer((state) => state.decisions.present.tissueRegions)
  const selected = useViewer((state) => state.selectedRegion)
  const measured = useRegionsHu()
  return (
    <GivenFile kind="regions">
      {regions.length === 0 ? <Nothing /> : null}
      {regions.map(({ tissue, centerLps, source }, index) => {
        const name = phrase(`report.tissueName.${tissue}`)
        const meanHu = measured[index] ?? null
        const id = shapeId.region(index)
        return (
          <li key={id} className="given-item" data-region={id}>
            <Button
              tone="quiet"
              aria-label={phrase('viewer.given.showRegion', { tissue: name })}
              aria-pressed={selected === id}
              onPress={() => {
                lookAt(centerLps)
                viewerStore.setState({ selectedRegion: id })
              }}
            >
              {name}
            </Button>
            <span>
              {meanHu === null ? phrase('viewer.given.outside') : `${signedNumber(meanHu, 1)} HU`}{' '}
              <span className="muted">{phrase(`viewer.given.source.${source}`)}</span>
            </span>
          </li>
        )
      })}
      {regions.some(({ source }) => source === 'roi file') ? (
        <Item
          words={phrase('viewer.given.allRegions')}
          what={phrase('viewer.given.regions')}
          drop={giveRegions([])}
        />
      ) : null}
    </GivenFile>
  )
}

function Basis() {
  const dualEnergy = useViewer((state) => state.decisions.present.calibration.dualEnergy)
  const basis = dualEnergy?.basis ?? null
  return (
    <GivenFile kind="basis" isDisabled={dualEnergy === null}>
      {basis === null ? (
        <li className="muted">
          {phrase(dualEnergy === null ? 'viewer.given.basisFirst' : 'viewer.given.basisPhantom')}
        </li>
      ) : (
        <Item
          words={phrase('viewer.given.basisFile', { ...basis.pair, citation: basis.citation })}
          what={phrase('viewer.given.basis')}
          drop={giveBasis(null)}
        />
      )}
    </GivenFile>
  )
}

const NONE: readonly never[] = []

const Nothing = () => <li className="muted">{phrase('viewer.given.nothing')}</li>

function Item({
  words,
  what,
  drop,
}: {
  readonly words: string
  readonly what: string
  readonly drop: DecisionEdit
}) {
  const label = phrase('viewer.given.drop', { what })
  return (
    <li className="given-item">
      <span>{words}</span>
      <Button
        tone="quiet"
        aria-label={`${label} ${words}`.trim()}
        onPress={() => session.decide(phrase('viewer.edit.dropped', { what }), drop)}
      >
        ✕
      </Button>
    </li>
  )
}
