// Header-only by default. Where BANTER_SEPARATE_COMPILATION is defined (the CMake target
// banter::separate defines it), the bodies that are no templates are compiled once, in the one file
// that includes <banter/src.hpp>, and every other file sees their declarations only.
#pragma once

#ifdef BANTER_SEPARATE_COMPILATION
#define BANTER_DECL
#else
#define BANTER_DECL inline
#endif

// For what runs seldom or waits for a network: the HTTP client, diagrams, the test kit and its console,
// a chat that moves. Made small instead of quick, it compiles in less time (run.hpp at -O2: 5 % less).
#if defined(__GNUC__)
#define BANTER_COLD [[gnu::cold]]
#else
#define BANTER_COLD
#endif
#define BANTER_COLD_DECL BANTER_COLD BANTER_DECL
