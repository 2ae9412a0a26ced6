#include "core/dataset/web_html.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csetjmp>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <vector>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/importer_names.h"
#include "core/dataset/web_url.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLongestParse{30};  // the largest sound page takes 2 s; a busy machine more
constexpr int kBlocksBetweenLooks = 64;

/// The memory of one tree. All of it is freed at once and at the end: gumbo's own way calls itself once for each level
/// of nesting, which a page can make deeper than the stack is. When a bound is passed, control jumps back to where
/// parsing began: gumbo takes no refusal, and nothing may be thrown through C.
class TreeMemory {
 public:
  explicit TreeMemory(JobMonitor& monitor) : m_monitor(monitor) {}
  TreeMemory(const TreeMemory&) = delete;
  TreeMemory& operator=(const TreeMemory&) = delete;
  ~TreeMemory() {
    while (m_blocks.next != &m_blocks) release(m_blocks.next);
  }

  GumboOutput* parse(std::string_view utf8) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = &TreeMemory::allocate;
    options.deallocator = &TreeMemory::deallocate;
    options.userdata = this;
    options.max_errors = 0;
    return enter(options, utf8);
  }

  [[noreturn]] void fail() const {
    m_monitor.checkCancelled();
    throw Error("the page is too large or too tangled to be read",
                "save the pictures you want from the browser and import them from there");
  }

 private:
  /// In front of each piece of memory; a ring.
  struct alignas(std::max_align_t) Block {
    Block* next;
    Block* previous;
    std::size_t bytes;
  };

  /// Alone in its function: nothing here has a destructor that the jump would leave out.
  GumboOutput* enter(const GumboOptions& options, std::string_view utf8) {
    if (setjmp(m_wayOut) != 0) return nullptr;
    return gumbo_parse_with_options(&options, utf8.data(), utf8.size());
  }

  static void* allocate(void* user, std::size_t bytes) { return static_cast<TreeMemory*>(user)->take(bytes); }
  static void deallocate(void* user, void* piece) {
    if (piece != nullptr) static_cast<TreeMemory*>(user)->release(static_cast<Block*>(piece) - 1);
  }

  void* take(std::size_t bytes) {
    m_used += static_cast<std::int64_t>(bytes + sizeof(Block));
    if (m_used > limits::kMaxPageMemory || outOfTime()) std::longjmp(m_wayOut, 1);
    void* memory = std::malloc(bytes + sizeof(Block));
    if (memory == nullptr) std::longjmp(m_wayOut, 1);
    auto* block = new (memory) Block{m_blocks.next, &m_blocks, bytes};
    block->next->previous = block;
    m_blocks.next = block;
    return block + 1;
  }

  void release(Block* block) {
    m_used -= static_cast<std::int64_t>(block->bytes + sizeof(Block));
    block->previous->next = block->next;
    block->next->previous = block->previous;
    std::free(block);
  }

  bool outOfTime() {
    if (++m_count % kBlocksBetweenLooks != 0) return false;
    try {
      m_monitor.checkCancelled();
    } catch (const Cancelled&) {
      return true;
    }
    return Clock::now() - m_started > kLongestParse;
  }

  JobMonitor& m_monitor;
  std::jmp_buf m_wayOut{};
  Block m_blocks{&m_blocks, &m_blocks, 0};
  std::int64_t m_used = 0;
  std::int64_t m_count = 0;
  Clock::time_point m_started = Clock::now();
};

const GumboVector* childrenOf(const GumboNode& node) {
  if (node.type == GUMBO_NODE_DOCUMENT) return &node.v.document.children;
  if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) return &node.v.element.children;
  return nullptr;
}

const GumboElement* elementOf(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE ? &node.v.element : nullptr;
}

struct IconvClose {
  void operator()(void* handle) const { iconv_close(handle); }
};

/// Through iconv, as what has no meaning becomes U+FFFD. Empty when the character set has no such name.
std::string converted(std::string_view bytes, const std::string& charset) {
  iconv_t raw = iconv_open("UTF-8", charset.c_str());
  if (raw == reinterpret_cast<iconv_t>(-1)) return {};
  const std::unique_ptr<void, IconvClose> handle(raw);
  std::string text;
  std::array<char, 4096> block{};
  auto* from = const_cast<char*>(bytes.data());  // iconv only reads it
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = block.data();
    std::size_t room = block.size();
    const std::size_t leftBefore = left;
    iconv(raw, &from, &left, &to, &room);
    text.append(block.data(), block.size() - room);
    if (left == leftBefore && room == block.size()) {
      text += "\xEF\xBF\xBD";
      ++from;
      --left;
    }
  }
  return text;
}

/// What a meta element near the page's beginning names (the standard looks at 1,024 bytes).
std::string metaCharset(std::string_view bytes) {
  const std::string head = asciiLowered(bytes.substr(0, 1024));
  const std::size_t at = head.find("charset=");
  if (at == std::string::npos || head.rfind("<meta", at) == std::string::npos) return {};
  const std::size_t begin = head.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return {};
  return head.substr(begin, head.find_first_of("\"' >;/", begin) - begin);
}

}  // namespace

void withHtmlTree(std::string_view utf8, JobMonitor& monitor, const std::function<void(const GumboNode&)>& visit) {
  TreeMemory memory(monitor);
  const GumboOutput* output = memory.parse(utf8);
  if (output == nullptr) memory.fail();
  visit(*output->document);
}

void walkHtml(const GumboNode& root, const std::function<void(const GumboElement&)>& enter,
              const std::function<void(const GumboElement&)>& leave) {
  struct Place {
    const GumboNode* node;
    unsigned next;
  };
  std::vector<Place> way;
  const auto go = [&](const GumboNode& node) {
    if (const GumboElement* element = elementOf(node); element != nullptr && enter) enter(*element);
    way.push_back({&node, 0});
  };
  go(root);
  while (!way.empty()) {
    Place& place = way.back();
    const GumboVector* children = childrenOf(*place.node);
    if (children != nullptr && place.next < children->length) {
      go(*static_cast<const GumboNode*>(children->data[place.next++]));
      continue;
    }
    if (const GumboElement* element = elementOf(*place.node); element != nullptr && leave) leave(*element);
    way.pop_back();
  }
}

std::string attributeOf(const GumboElement& element, const char* name) {
  const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
  return attribute != nullptr && attribute->value != nullptr ? validUtf8(attribute->value) : std::string();
}

std::string textOf(const GumboElement& element) {
  std::string text;
  for (unsigned i = 0; i < element.children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(element.children.data[i]);
    if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE) text += child->v.text.text;
  }
  std::string tidy;
  for (const char c : validUtf8(text)) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) tidy += c;
    if (blank && !tidy.empty() && tidy.back() != ' ') tidy += ' ';
  }
  if (tidy.ends_with(' ')) tidy.pop_back();
  return tidy;
}

std::string pageText(std::string_view bytes, const std::string& charset) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return validUtf8(std::string(bytes.substr(3)));
  std::string named = charset.empty() ? metaCharset(bytes) : charset;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) named = "utf-16";
  if (named == "iso-8859-1" || named == "latin1" || named == "us-ascii") named = "windows-1252";  // as browsers do
  if (!named.empty() && named != "utf-8" && named != "utf8") {
    if (std::string text = converted(bytes, named); !text.empty()) return validUtf8(text);
  }
  std::string text = validUtf8(std::string(bytes));
  if (named.empty() && text.size() != bytes.size() && text != bytes) return converted(bytes, "windows-1252");
  return text;
}

}  // namespace loom
