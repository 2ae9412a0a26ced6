// Pictures that lie within their own address: data:image/png;base64,… (RFC 2397). Private to the web reader.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/dataset/web_page.h"

namespace loom {

/// The bytes of a data: address; none when it is none or is broken.
std::vector<std::byte> dataOf(std::string_view url);

/// Fills in bytes, size and problem from the address; `name` becomes the ending that fits (".png").
void readDataPicture(WebPicture& picture);

}  // namespace loom
