/** The part of the library's mapper through which its shader can be altered. */
export interface SlabMapper {
  setViewSpecificProperties(properties: {
    readonly OpenGL: {
      readonly ShaderReplacements: readonly {
        readonly shaderType: 'Fragment'
        readonly originalValue: string
        readonly replacementValue: string
        readonly replaceFirst: boolean
        readonly replaceAll: boolean
      }[]
    }
  }): void
}

/** How the library counts its steps away from the plane: by samples, of which each step takes two. */
const COUNTED_BY_SAMPLES = 'float fnumSlices = float(numSlices);'
/** By the way gone, which is one step ahead at that point. */
const COUNTED_BY_STEPS = 'float fnumSlices = distTraveled / scaling - 1.0;'

/**
 * Makes a slab as thick as it is said to be.
 *
 * vtk.js 36.4.1 steps 1, 3, 5, … from the plane instead of 1, 2, 3, …, and so averages over almost twice the
 * thickness asked for. A browser test holds the slab against core's own reslicer.
 * @see @kitware/vtk.js 36.4.1, Rendering/OpenGL/ImageResliceMapper.js, getSlabSampleLoopLines
 */
export function mendSlab(mapper: SlabMapper | undefined): void {
  mapper?.setViewSpecificProperties({
    OpenGL: {
      ShaderReplacements: [
        {
          shaderType: 'Fragment',
          originalValue: COUNTED_BY_SAMPLES,
          replacementValue: COUNTED_BY_STEPS,
          replaceFirst: false,
          replaceAll: false, // true would read the original as a pattern
        },
      ],
    },
  })
}
