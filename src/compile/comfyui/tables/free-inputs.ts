import type { FieldType } from '../../fields.ts';

/** The inputs that no plan decides, by the class of the node: what backend options may set. */
export const freeInputs: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  SaveImage: { filename_prefix: 'text' },
  FaceDetailer: {
    guide_size_for: 'switch',
    noise_mask: 'switch',
    force_inpaint: 'switch',
    bbox_crop_factor: 'number',
    sam_detection_hint: 'text',
    sam_dilation: 'whole',
    sam_threshold: 'number',
    sam_bbox_expansion: 'whole',
    sam_mask_hint_threshold: 'number',
    sam_mask_hint_use_negative: 'text',
    drop_size: 'whole',
    cycle: 'whole',
    inpaint_model: 'switch',
    noise_mask_feather: 'whole',
  },
};
