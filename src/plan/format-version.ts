/** The format of the plans that this version writes and reads. */
export const formatVersion = '2.0';
