import type { OverlayShape } from './overlayShape.ts'
import type { PixelPoint } from './pictureCamera.ts'
import type { ShapeSketch } from './shapeSketch.ts'
import type { VoiHandle } from './voiHandles.ts'

const path = (points: readonly PixelPoint[], isClosed: boolean) =>
  `M${points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}${isClosed ? 'Z' : ''}`

/** Signs beside the label, so that no standing is told by colour or dash alone. */
const SIGNS = { automatic: '', edited: '', confirmed: ' ✓', doubtful: ' ▲', refused: ' ✕' } as const

/** Number of a shape's facts for tests and other programs that read the page: world, never pixels. */
const factsOf = (shape: OverlayShape): Readonly<Record<string, string>> =>
  shape.kind === 'voi'
    ? {
        'data-center-lps': shape.voi.center.join(' '),
        'data-normal-lps': shape.voi.normal.join(' '),
        'data-lateral-lps': shape.voi.lateral.join(' '),
        'data-radii-mm': shape.voi.radii.join(' '),
        'data-height-mm': String(shape.voi.height),
      }
    : shape.kind === 'tissue'
      ? { 'data-center-lps': shape.center.join(' ') }
      : {}

/** One shape as seen in a picture. */
export function PictureShape({
  sketch,
  isSelected,
}: {
  readonly sketch: ShapeSketch
  readonly isSelected: boolean
}) {
  const { shape, outlines, mark, labelAt } = sketch
  return (
    <g
      className={`shape shape-${shape.kind} is-${shape.standing}${isSelected ? ' is-selected' : ''}`}
      data-shape={shape.id}
      {...factsOf(shape)}
    >
      {outlines.map(({ points, isClosed }, index) => {
        const d = path(points, isClosed)
        return (
          // A dark line under the bright one keeps it seen on bone.
          // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity beside their order
          <g key={index}>
            <path d={d} className="shape-shadow" />
            <path d={d} className="shape-line" />
          </g>
        )
      })}
      {mark && (
        <path
          d={`M${mark[0] - 7} ${mark[1]}h5m4 0h5M${mark[0]} ${mark[1] - 7}v5m0 4v5`}
          className="shape-line shape-mark"
        />
      )}
      <text x={labelAt[0]} y={labelAt[1]} className="shape-label">
        {shape.label}
        {SIGNS[shape.standing]}
      </text>
    </g>
  )
}

/** The handles of the selected VOI: squares change a size, circles tilt or turn. */
export function PictureHandles({ handles }: { readonly handles: readonly VoiHandle[] }) {
  return (
    <g className="shape-handles">
      {handles.map(({ id, task, at: [x, y] }) =>
        task.kind === 'resize' ? (
          <rect key={id} x={x - 4} y={y - 4} width={8} height={8} data-handle={id} />
        ) : (
          <circle key={id} cx={x} cy={y} r={5.5} data-handle={id} />
        ),
      )}
    </g>
  )
}
