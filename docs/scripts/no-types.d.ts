/** Types of other packages are shown by name: to read them takes longer than all the rest. */
export {};
