// Header-only by default. Where BANTER_SEPARATE_COMPILATION is defined (the CMake target
// banter::separate defines it), the bodies that are no templates are compiled once, in the one file
// that includes <banter/src.hpp>, and every other file sees their declarations only.
#pragma once

#ifdef BANTER_SEPARATE_COMPILATION
#define BANTER_DECL
#else
#define BANTER_DECL inline
#endif

// The same for the test kit and the console, which nobody waits for: made small instead of quick, they
// compile in less time.
#if defined(__GNUC__)
#define BANTER_KIT_DECL [[gnu::cold]] BANTER_DECL
#else
#define BANTER_KIT_DECL BANTER_DECL
#endif
