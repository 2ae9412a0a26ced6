// An HTML tree by gumbo, within bounds of time and memory. Private to the web page reader.
#pragma once

#include <gumbo.h>

#include <functional>
#include <string>
#include <string_view>

#include "core/base/job_monitor.h"

namespace loom {

/// Calls `visit` with the document's root; the tree is gone afterwards. HTML made for it can nest elements and copy
/// formatting without end, which takes any parser of the standard quadratic time and memory; here that ends in an
/// Error after half a minute or limits::kMaxPageMemory. Throws Cancelled too.
void withHtmlTree(std::string_view utf8, JobMonitor& monitor, const std::function<void(const GumboNode&)>& visit);

/// All nodes below `root` and it, in document order, without recursion. `enter` and `leave` may be empty.
void walkHtml(const GumboNode& root, const std::function<void(const GumboElement&)>& enter,
              const std::function<void(const GumboElement&)>& leave);

/// The attribute's value with entities decoded; empty when it is not there.
std::string attributeOf(const GumboElement& element, const char* name);
/// The text right in an element, blanks run together.
std::string textOf(const GumboElement& element);

/// UTF-8 from the bytes of a page: by a byte order mark, by what the server said, by the page's meta element, else
/// UTF-8 where it is that and Windows-1252 where not.
std::string pageText(std::string_view bytes, const std::string& charset);

}  // namespace loom
