#include "core/base/tensor_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <random>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

class TensorFileTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    m_folder = std::filesystem::temp_directory_path() /
               ("spriteloom-tensors-" + std::to_string(::getpid()) + "-" + test->name());
    std::filesystem::create_directories(m_folder);
  }
  void TearDown() override { std::filesystem::remove_all(m_folder); }
  std::filesystem::path file() const { return m_folder / "weights.safetensors"; }

  /// A file with this header, `length` (by default the header's own) before it and `data` bytes of data after it.
  void writeRaw(const std::string& header, std::size_t data, std::optional<std::uint64_t> length = {}) const {
    const std::uint64_t said = length.value_or(header.size());
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &said, 8);
    bytes += header + std::string(data, 'x');
    writeFileAtomically(file(), bytes);
  }
  void expectRefused(const std::string& why) const {
    EXPECT_THROW(loadTensorFile(file()), Error) << why;
    EXPECT_THROW(loadTensorMetadata(file()), Error) << why;
  }

  std::filesystem::path m_folder;
};

std::vector<std::byte> bytesOf(std::initializer_list<float> values) {
  std::vector<std::byte> bytes(values.size() * sizeof(float));
  std::memcpy(bytes.data(), std::data(values), bytes.size());
  return bytes;
}

std::string entry(const std::string& type, const std::string& shape, const std::string& begin, const std::string& end) {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":[)" + begin + "," + end + "]}";
}

TEST_F(TensorFileTest, GivesBackWhatWasSaved) {
  TensorFile saved;
  saved.metadata = {{"preset", "dcgan"}, {"note", "\"quotes\" and \n lines, Ä"}};
  saved.tensors["a.weight"] = {"F32", {2, 3}, bytesOf({1, -2, 3, 4, 5, 6.5F})};
  saved.tensors["odd"] = {"U8", {3}, {std::byte{1}, std::byte{2}, std::byte{255}}};
  saved.tensors["scalar"] = {"I64", {}, std::vector<std::byte>(8, std::byte{7})};
  saved.tensors["empty"] = {"F32", {4, 0}, {}};
  saveTensorFile(file(), saved);

  const TensorFile loaded = loadTensorFile(file());
  EXPECT_EQ(loaded.metadata, saved.metadata);
  ASSERT_EQ(loaded.tensors.size(), 4U);
  for (const auto& [name, tensor] : saved.tensors) {
    EXPECT_EQ(loaded.tensors.at(name).type, tensor.type) << name;
    EXPECT_EQ(loaded.tensors.at(name).shape, tensor.shape) << name;
    EXPECT_EQ(loaded.tensors.at(name).bytes, tensor.bytes) << name;
  }
  EXPECT_EQ(loadTensorMetadata(file()), saved.metadata);
}

TEST_F(TensorFileTest, IsWrittenAsTheFormatSays) {
  TensorFile saved;
  saved.tensors["b"] = {"U8", {1}, {std::byte{9}}};
  saved.tensors["a"] = {"F32", {1}, bytesOf({1})};
  saveTensorFile(file(), saved);
  const std::string text = readTextFile(file(), 1000);
  std::uint64_t length = 0;
  std::memcpy(&length, text.data(), 8);
  EXPECT_EQ(length % 8, 0U);  // so that the tensors are aligned
  EXPECT_EQ(text.size(), 8 + length + 5);
  EXPECT_EQ(text[8], '{');
  EXPECT_NE(text.find(R"("a":{"data_offsets":[0,4],"dtype":"F32","shape":[1]})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("b":{"data_offsets":[4,5],"dtype":"U8","shape":[1]})"), std::string::npos) << text;
}

TEST_F(TensorFileTest, ReadsOnlyWhatHasThePrefix) {
  TensorFile saved;
  saved.tensors["critic.w"] = {"F32", {1}, bytesOf({1})};
  saved.tensors["generator.w"] = {"F32", {1}, bytesOf({2})};
  saved.tensors["generator_raw.w"] = {"F32", {1}, bytesOf({3})};
  saveTensorFile(file(), saved);
  const TensorFile loaded = loadTensorFile(file(), "generator.");
  ASSERT_EQ(loaded.tensors.size(), 1U);
  EXPECT_EQ(loaded.tensors.at("generator.w").bytes, bytesOf({2}));
}

TEST_F(TensorFileTest, ReadsAHeaderInAnyOrderWithSpacesAfterIt) {
  writeRaw(R"({"b":)" + entry("U8", "[2]", "0", "2") + R"(,"a":)" + entry("U8", "[2,1]", "2", "4") + "}     ", 4);
  EXPECT_EQ(loadTensorFile(file()).tensors.size(), 2U);
  writeRaw("{}", 0);
  EXPECT_TRUE(loadTensorFile(file()).tensors.empty());
}

TEST_F(TensorFileTest, RefusesWhatIsNotWhole) {
  const std::string good = R"({"a":)" + entry("F32", "[2]", "0", "8") + "}";
  writeRaw(good, 8);
  EXPECT_NO_THROW(loadTensorFile(file()));
  writeRaw(good, 7);
  expectRefused("data cut off");
  writeRaw(good, 9);
  expectRefused("bytes after the data");
  writeFileAtomically(file(), std::string_view(""));
  expectRefused("empty");
  writeFileAtomically(file(), std::string_view("1234567"));
  expectRefused("shorter than the length");
  writeRaw("{", 0);
  expectRefused("no JSON");
  writeRaw("[]", 0);
  expectRefused("no object");
  writeRaw(" {}", 0);
  expectRefused("does not begin with a brace");
  EXPECT_THROW(loadTensorFile(m_folder), Error);
  EXPECT_THROW(loadTensorFile(m_folder / "none"), Error);
}

TEST_F(TensorFileTest, TakesNoMemoryForSizesThatAFileMerelyClaims) {
  for (const std::uint64_t length :
       {std::uint64_t{3}, std::uint64_t{1} << 20, std::uint64_t{99} << 20, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    writeRaw("{}", 0, length);
    expectRefused("header length " + std::to_string(length));
  }
  writeRaw(R"({"a":)" + entry("F32", "[1073741824,1073741824]", "0", "4611686018427387904") + "}", 8);
  expectRefused("a tensor of 4 EiB");
  writeRaw(R"({"a":)" + entry("F32", "[4294967296,4294967296,4294967296]", "0", "0") + "}", 0);
  expectRefused("a product that overflows to 0");
  writeRaw(R"({"a":)" + entry("F64", "[2305843009213693952]", "0", "0") + "}", 0);
  expectRefused("bytes that overflow to 0");
}

TEST_F(TensorFileTest, RefusesOverlapsGapsAndWrongSizes) {
  const auto two = [](const std::string& first, const std::string& second) {
    return R"({"a":)" + first + R"(,"b":)" + second + "}";
  };
  const std::string a = entry("U8", "[4]", "0", "4");
  writeRaw(two(a, entry("U8", "[4]", "4", "8")), 8);
  EXPECT_NO_THROW(loadTensorFile(file()));
  writeRaw(two(a, entry("U8", "[4]", "3", "7")), 8);
  expectRefused("overlap");
  writeRaw(two(a, entry("U8", "[4]", "0", "4")), 4);
  expectRefused("the same bytes twice");
  writeRaw(two(a, entry("U8", "[3]", "5", "8")), 8);
  expectRefused("gap");
  writeRaw(two(a, entry("U8", "[4]", "8", "4")), 8);
  expectRefused("end before begin");
  writeRaw(two(a, entry("U8", "[3]", "4", "8")), 8);
  expectRefused("size and shape differ");
  writeRaw(two(a, entry("U8", "[4]", "4", "18446744073709551615")), 8);
  expectRefused("end beyond everything");
}

TEST_F(TensorFileTest, RefusesMalformedEntries) {
  for (const std::string& bad :
       {std::string("3"), std::string("{}"), entry("F31", "[1]", "0", "4"), entry("F32", "[-1]", "0", "4"),
        entry("F32", "[1.5]", "0", "4"), entry("F32", "4", "0", "4"), entry("F32", R"(["1"])", "0", "4"),
        entry("F32", "[1]", "-4", "0"), entry("F32", "[1]", "0.0", "4.0"), entry("F32", "[[1]]", "0", "4"),
        entry("F32", "[18446744073709551615]", "0", "4"),
        std::string(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4,8]})"),
        std::string(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1})"),
        std::string(R"({"dtype":7,"shape":[1],"data_offsets":[0,4]})")}) {
    writeRaw(R"({"a":)" + bad + "}", 4);
    expectRefused(bad);
  }
  const std::string good = entry("F32", "[1]", "0", "4");
  writeRaw(R"({"a":)" + good + R"(,"a":)" + good + "}", 4);
  expectRefused("a name twice");
  writeRaw(R"({"__metadata__":{"a":1},"a":)" + good + "}", 4);
  expectRefused("metadata that is no text");
  writeRaw(R"({"__metadata__":[],"a":)" + good + "}", 4);
  expectRefused("metadata that is no object");
  writeRaw(R"({"a":)" + std::string(100000, '['), 4);
  expectRefused("deep nesting");
  writeRaw(R"({"a":)" + std::string(100000, '[') + std::string(100000, ']') + "}", 4);
  expectRefused("deep nesting, closed");
}

TEST_F(TensorFileTest, ManyTensorsTakeNoLongTime) {
  constexpr int kTensors = 60'000;
  std::string header = "{";
  for (int i = 0; i < kTensors; ++i) {
    header += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":" + entry("F32", "[0]", "0", "0");
  }
  writeRaw(header + "}", 0);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(loadTensorFile(file()).tensors.size(), std::size_t{kTensors});
  // Half a second when each entry costs the same, minutes when each costs as much as there are.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(TensorFileTest, RefusesToSaveWhatCouldNotBeRead) {
  TensorFile bad;
  bad.tensors["a"] = {"F32", {2}, bytesOf({1})};
  EXPECT_THROW(saveTensorFile(file(), bad), Error);
  bad.tensors["a"] = {"F99", {1}, bytesOf({1})};
  EXPECT_THROW(saveTensorFile(file(), bad), Error);
  bad.tensors["a"] = {"F32", {-1}, {}};
  EXPECT_THROW(saveTensorFile(file(), bad), Error);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(TensorFileTest, NeverDoesMoreThanRefuseDamagedFiles) {
  TensorFile saved;
  saved.metadata = {{"preset", "dcgan"}};
  saved.tensors["a"] = {"F32", {2, 2}, bytesOf({1, 2, 3, 4})};
  saved.tensors["b"] = {"U8", {2}, {std::byte{1}, std::byte{2}}};
  saveTensorFile(file(), saved);
  const std::string whole = readTextFile(file(), 10000);
  const unsigned seed = 20240611;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string text = whole;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    if (random() % 4 == 0) text.resize(random() % text.size());
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << text;
    try {
      const TensorFile loaded = loadTensorFile(file());
      for (const auto& [name, tensor] : loaded.tensors) EXPECT_LE(tensor.bytes.size(), text.size()) << name;
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 150);
}

}  // namespace
}  // namespace loom
