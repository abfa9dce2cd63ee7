/** Rows requested of a breakdown; a CSV has all stored rows. */
export const ROWS = '10';
