#include "core/base/tensor_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/limits.h"

namespace loom {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian, and written as they lie");

constexpr std::size_t kLengthBytes = 8;
constexpr std::string_view kMetadata = "__metadata__";
constexpr std::array<std::pair<std::string_view, std::size_t>, 12> kTypes{{{"F64", 8},
                                                                           {"I64", 8},
                                                                           {"U64", 8},
                                                                           {"F32", 4},
                                                                           {"I32", 4},
                                                                           {"U32", 4},
                                                                           {"F16", 2},
                                                                           {"BF16", 2},
                                                                           {"I16", 2},
                                                                           {"I8", 1},
                                                                           {"U8", 1},
                                                                           {"BOOL", 1}}};

[[noreturn]] void damaged(const std::string& what, const std::filesystem::path& path) {
  throw Error(path.string() + " is no whole safetensors file: " + what,
              "the file is damaged or was cut off: take another copy or an earlier checkpoint", path);
}

/// Bytes of `shape` elements; nothing when they overflow or a length is negative.
bool byteCount(const std::string& type, const std::vector<std::int64_t>& shape, std::uint64_t& bytes) {
  bytes = tensorTypeSize(type);
  bool empty = false;
  for (const std::int64_t length : shape) {
    if (length < 0) return false;
    empty = empty || length == 0;
    if (length > 0 && __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(length), &bytes)) return false;
  }
  if (empty) bytes = 0;
  return true;
}

struct Entry {
  std::string name;
  std::string type;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;  ///< from the first byte after the header
  std::uint64_t end = 0;
};

struct Header {
  std::vector<Entry> entries;  ///< by offset, gapless
  std::map<std::string, std::string> metadata;
  std::uint64_t dataStart = 0;
};

bool isCount(const Json& value) {
  return value.is_number_unsigned();
}

Entry parseEntry(const std::string& name, const Json& value, const std::filesystem::path& path) {
  const bool whole = value.is_object() && value.size() == 3 && value.contains("dtype") && value["dtype"].is_string() &&
                     value.contains("shape") && value["shape"].is_array() && value.contains("data_offsets") &&
                     value["data_offsets"].is_array() && value["data_offsets"].size() == 2 &&
                     std::ranges::all_of(value["shape"], isCount) &&
                     std::ranges::all_of(value["data_offsets"], isCount);
  if (!whole) damaged("the entry of tensor '" + name + "' is malformed", path);
  Entry entry{.name = name,
              .type = value["dtype"],
              .shape = {},
              .begin = value["data_offsets"][0],
              .end = value["data_offsets"][1]};
  for (const Json& length : value["shape"]) {
    if (length.get<std::uint64_t>() > static_cast<std::uint64_t>(limits::kMaxTensorFileBytes)) {
      damaged("tensor '" + name + "' is too large", path);
    }
    entry.shape.push_back(length.get<std::int64_t>());
  }
  if (std::ranges::find(kTypes, std::string_view(entry.type), &std::pair<std::string_view, std::size_t>::first) ==
      kTypes.end()) {
    damaged("tensor '" + name + "' has the unknown type '" + entry.type + "'", path);
  }
  std::uint64_t bytes = 0;
  if (!byteCount(entry.type, entry.shape, bytes)) damaged("tensor '" + name + "' is too large", path);
  if (entry.end < entry.begin || entry.end - entry.begin != bytes) {
    damaged("tensor '" + name + "' has not the size that its type and shape ask for", path);
  }
  return entry;
}

/// Looks for a key that comes twice in one object: which of the two counts would be anybody's guess. A pass of its own,
/// since the parser with a callback takes time with the square of the entries.
class KeyCheck : public nlohmann::json_sax<Json> {
 public:
  bool twice() const { return m_twice; }

  bool start_object(std::size_t) override {
    m_keys.emplace_back();
    return true;
  }
  bool key(std::string& name) override {
    m_twice = m_twice || !m_keys.back().insert(std::move(name)).second;
    return !m_twice;
  }
  bool end_object() override {
    m_keys.pop_back();
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t) override { return true; }
  bool number_unsigned(std::uint64_t) override { return true; }
  bool number_float(double, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(Json::binary_t&) override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override { return false; }

 private:
  std::vector<std::unordered_set<std::string>> m_keys;  ///< of the objects around
  bool m_twice = false;
};

Json parseStrictly(const std::string& text, const std::filesystem::path& path) {
  const std::optional<Json> json = jsonFrom(text);
  KeyCheck check;
  if (!json || !json->is_object() || !Json::sax_parse(text, &check) || check.twice()) {
    damaged("its header cannot be read", path);
  }
  return *json;
}

Header parseHeader(const std::string& text, std::uint64_t dataBytes, const std::filesystem::path& path) {
  const Json json = parseStrictly(text, path);
  Header header;
  for (const auto& [name, value] : json.items()) {
    if (name != kMetadata) {
      header.entries.push_back(parseEntry(name, value, path));
      continue;
    }
    if (!value.is_object() || !std::ranges::all_of(value, [](const Json& text) { return text.is_string(); })) {
      damaged("its metadata is malformed", path);
    }
    header.metadata = value.get<std::map<std::string, std::string>>();
  }
  std::ranges::sort(header.entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  std::uint64_t position = 0;
  for (const Entry& entry : header.entries) {
    if (entry.begin != position) damaged("tensor '" + entry.name + "' overlaps another or leaves a gap", path);
    position = entry.end;
  }
  if (position != dataBytes)
    damaged("it has " + std::to_string(dataBytes) + " bytes of data where its header names " + std::to_string(position),
            path);
  return header;
}

/// Opens `path` and reads the header; every size is checked before memory is taken for it.
Header readHeader(std::ifstream& stream, const std::filesystem::path& path) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) {
    throw Error("there is no file " + path.string(), "check the name", path);
  }
  stream.open(path, std::ios::binary | std::ios::ate);
  if (!stream) throw Error("could not read " + path.string(), "check that you may read it", path);
  const auto size = static_cast<std::uint64_t>(stream.tellg());
  if (size > static_cast<std::uint64_t>(limits::kMaxTensorFileBytes)) {
    throw Error(
        path.string() + " is larger than the " + std::to_string(limits::kMaxTensorFileBytes) + " bytes that are read",
        "", path);
  }
  std::uint64_t length = 0;
  stream.seekg(0);
  if (size < kLengthBytes || !stream.read(reinterpret_cast<char*>(&length), kLengthBytes)) {
    damaged("it is too short", path);
  }
  if (length > static_cast<std::uint64_t>(limits::kMaxTensorHeaderBytes) || length > size - kLengthBytes) {
    damaged("its header would be longer than the file or the format allows", path);
  }
  std::string text(static_cast<std::size_t>(length), '\0');
  if (!stream.read(text.data(), static_cast<std::streamsize>(length))) damaged("it cannot be read to its end", path);
  if (text.empty() || text.front() != '{') damaged("its header cannot be read", path);
  Header header = parseHeader(text, size - kLengthBytes - length, path);
  header.dataStart = kLengthBytes + length;
  return header;
}

/// The larger types first, as the format's own writer does, so that every tensor lies at a multiple of its element.
std::vector<const std::pair<const std::string, RawTensor>*> inFileOrder(const TensorFile& file) {
  std::vector<const std::pair<const std::string, RawTensor>*> order;
  for (const auto& item : file.tensors) order.push_back(&item);
  std::ranges::stable_sort(order, std::greater{}, [](const auto* item) { return tensorTypeSize(item->second.type); });
  return order;
}

}  // namespace

std::size_t tensorTypeSize(const std::string& type) {
  for (const auto& [name, size] : kTypes) {
    if (name == type) return size;
  }
  throw Error("there is no tensor type '" + type + "'", "the file is damaged or was made by a newer version");
}

void saveTensorFile(const std::filesystem::path& path, const TensorFile& file) {
  Json json = Json::object();
  if (!file.metadata.empty()) json[std::string(kMetadata)] = file.metadata;
  const auto order = inFileOrder(file);
  std::uint64_t position = 0;
  for (const auto* item : order) {
    const auto& [name, tensor] = *item;
    std::uint64_t bytes = 0;
    if (name == kMetadata || !byteCount(tensor.type, tensor.shape, bytes) || bytes != tensor.bytes.size()) {
      throw Error("tensor '" + name + "' cannot be saved: its bytes do not fit its type and shape");
    }
    json[name] = {{"dtype", tensor.type}, {"shape", tensor.shape}, {"data_offsets", {position, position + bytes}}};
    position += bytes;
  }
  std::string header = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  header.append((kLengthBytes - header.size() % kLengthBytes) % kLengthBytes, ' ');
  if (std::cmp_greater(header.size(), limits::kMaxTensorHeaderBytes) ||
      std::cmp_greater(position + header.size() + kLengthBytes, limits::kMaxTensorFileBytes)) {
    throw Error("the weights are too large for " + path.string(), "make the network smaller", path);
  }
  const std::uint64_t length = header.size();
  std::vector<std::byte> bytes;
  bytes.reserve(kLengthBytes + header.size() + position);
  const auto append = [&bytes](std::span<const std::byte> part) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  };
  append(std::as_bytes(std::span(&length, 1)));
  append(std::as_bytes(std::span(header)));
  for (const auto* item : order) append(item->second.bytes);
  writeFileAtomically(path, bytes);
}

TensorFile loadTensorFile(const std::filesystem::path& path) {
  return loadTensorFile(path, "");
}

TensorFile loadTensorFile(const std::filesystem::path& path, std::string_view prefix) {
  std::ifstream stream;
  Header header = readHeader(stream, path);
  TensorFile file{.tensors = {}, .metadata = std::move(header.metadata)};
  for (Entry& entry : header.entries) {
    if (!entry.name.starts_with(prefix)) continue;
    RawTensor& tensor = file.tensors[entry.name];
    tensor.type = std::move(entry.type);
    tensor.shape = std::move(entry.shape);
    tensor.bytes.resize(entry.end - entry.begin);
    stream.seekg(static_cast<std::streamoff>(header.dataStart + entry.begin));
    stream.read(reinterpret_cast<char*>(tensor.bytes.data()), static_cast<std::streamsize>(tensor.bytes.size()));
    if (!stream) damaged("it cannot be read to its end", path);
  }
  return file;
}

std::map<std::string, std::string> loadTensorMetadata(const std::filesystem::path& path) {
  std::ifstream stream;
  return readHeader(stream, path).metadata;
}

}  // namespace loom
