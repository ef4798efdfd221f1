/** The backends that the page shows requests for, by the names that people know. */
export const backends = {
  a1111: "A1111's WebUI",
  reforge: 'reForge',
  forge: 'Forge',
  sdnext: 'SD.Next',
  comfyui: 'ComfyUI',
} as const;

export type BackendName = keyof typeof backends;

// Object.keys forgets which object it was given.
export const backendNames = Object.keys(backends) as readonly BackendName[];
