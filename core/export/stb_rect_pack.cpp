// The one place where the implementation of stb_rect_pack is compiled.
#define STB_RECT_PACK_IMPLEMENTATION
#include <stb/stb_rect_pack.h>
