import { phrases } from './words.ts'

/** Full names that would make a reader think of one real person. Nobody is invented with them. */
const famous = new Set(
  phrases(`
    Hồ Chí Minh, Nguyễn Ái Quốc, Nguyễn Tất Thành, Nguyễn Sinh Cung, Nguyễn Sinh Sắc,
    Võ Nguyên Giáp, Phạm Văn Đồng, Lê Duẩn, Lê Đức Thọ, Tôn Đức Thắng, Nguyễn Chí Thanh,
    Văn Tiến Dũng, Hoàng Văn Thái, Chu Văn Tấn, Nguyễn Văn Linh, Đỗ Mười, Lê Khả Phiêu,
    Nông Đức Mạnh, Nguyễn Phú Trọng, Tô Lâm, Phạm Minh Chính, Lương Cường, Trần Thanh Mẫn,
    Vương Đình Huệ, Võ Văn Thưởng, Nguyễn Xuân Phúc, Trần Đại Quang, Trương Tấn Sang,
    Nguyễn Minh Triết, Trần Đức Lương, Lê Đức Anh, Võ Chí Công, Nguyễn Hữu Thọ, Phạm Hùng,
    Nguyễn Tấn Dũng, Phan Văn Khải, Võ Văn Kiệt, Nguyễn Thị Kim Ngân, Nguyễn Sinh Hùng,
    Trương Thị Mai, Đặng Thị Ngọc Thịnh, Võ Thị Ánh Xuân, Phạm Bình Minh, Vũ Đức Đam,
    Lê Minh Khái, Lê Minh Hưng, Trần Hồng Hà, Trần Lưu Quang, Phan Văn Giang, Lương Tam Quang,
    Bùi Thanh Sơn, Nguyễn Hòa Bình, Hồ Đức Phớc, Lê Thành Long, Mai Văn Chính, Đỗ Văn Chiến,
    Nguyễn Trọng Nghĩa, Nguyễn Chí Dũng, Trần Cẩm Tú, Bùi Thị Minh Hoài, Nguyễn Thanh Nghị,
    Nguyễn Văn Nên, Đinh Tiến Dũng, Đinh La Thăng, Hoàng Trung Hải, Nguyễn Thiện Nhân,
    Nguyễn Văn Thắng, Trần Sỹ Thanh, Nguyễn Duy Ngọc, Nguyễn Mạnh Hùng, Nguyễn Kim Sơn,
    Đào Hồng Lan, Triệu Tài Vinh, Giàng Seo Phử, Ksor Phước, Ksor Nham, Y Thanh Hà Niê Kđăm,
    Lê Hồng Phong, Trần Phú, Hà Huy Tập, Nguyễn Văn Cừ, Hoàng Văn Thụ, Nguyễn Đức Cảnh,
    Ngô Gia Tự, Lý Tự Trọng, Nguyễn Thị Minh Khai, Nguyễn Thị Định, Nguyễn Thị Bình,
    Võ Thị Sáu, Nguyễn Văn Trỗi, Bế Văn Đàn, La Văn Cầu, Phan Đình Giót, Tô Vĩnh Diện,
    Trần Văn Ơn, Lê Văn Tám, Đặng Thùy Trâm, Đinh Núp, Trần Đại Nghĩa, Phan Bội Châu,
    Phan Châu Trinh, Phan Đình Phùng, Hoàng Hoa Thám, Nguyễn Trung Trực, Trương Định,
    Nguyễn Trãi, Nguyễn Du, Nguyễn Huệ, Nguyễn Ánh, Nguyễn Đình Chiểu, Nguyễn Khuyến,
    Nguyễn Công Trứ, Nguyễn Bỉnh Khiêm, Lê Lợi, Lê Lai, Lê Quý Đôn, Lê Thánh Tông,
    Trần Hưng Đạo, Trần Quốc Tuấn, Trần Quốc Toản, Trần Nhật Duật, Lý Thường Kiệt, Lý Thái Tổ,
    Lý Công Uẩn, Ngô Quyền, Đinh Bộ Lĩnh, Lê Hoàn, Bùi Thị Xuân, Triệu Thị Trinh,
    Hồ Xuân Hương, Bảo Đại, Ngô Đình Diệm, Nguyễn Văn Thiệu, Nguyễn Cao Kỳ, Dương Văn Minh,
    Trần Văn Hương, Phạm Nhật Vượng, Nguyễn Thị Phương Thảo, Trần Bá Dương, Trần Đình Long,
    Đặng Lê Nguyên Vũ, Trương Gia Bình, Trương Mỹ Lan, Trịnh Văn Quyết, Đoàn Nguyên Đức,
    Nguyễn Phương Hằng, Trịnh Công Sơn, Phạm Duy, Văn Cao, Nguyễn Văn Cao, Đỗ Nhuận,
    Nguyễn Đình Thi, Xuân Diệu, Huy Cận, Tố Hữu, Nam Cao, Tô Hoài, Nguyễn Tuân,
    Nguyễn Nhật Ánh, Nguyễn Huy Thiệp, Nguyễn Ngọc Tư, Trần Đăng Khoa, Phan Thị Vàng Anh,
    Đặng Thái Sơn, Ngô Bảo Châu, Hoàng Tụy, Tôn Thất Tùng, Lê Văn Thiêm, Đàm Vĩnh Hưng,
    Hoài Linh, Võ Hoài Linh, Mỹ Tâm, Phan Thị Mỹ Tâm, Nguyễn Thanh Tùng, Trường Giang,
    Trấn Thành, Huỳnh Trấn Thành, Hồ Ngọc Hà, Ngô Thanh Vân, Phạm Hương, Trần Tiểu Vy,
    Đỗ Thị Hà, Lương Thùy Linh, Nguyễn Thúc Thùy Tiên, Huỳnh Thị Thanh Thủy, H'Hen Niê,
    Siu Black, Nguyễn Công Phượng, Nguyễn Quang Hải, Đoàn Văn Hậu, Nguyễn Tiến Linh,
    Lương Xuân Trường, Nguyễn Hồng Sơn, Lê Huỳnh Đức, Lê Công Vinh, Đặng Văn Lâm,
    Bùi Tiến Dũng, Đỗ Hùng Dũng, Quế Ngọc Hải, Nguyễn Xuân Son, Huỳnh Như, Mai Đức Chung,
    Hoàng Xuân Vinh, Nguyễn Thị Ánh Viên, Nguyễn Thị Oanh, Nguyễn Thùy Linh, Nguyễn Thị Huyền,
    Nguyễn Tiến Minh, Quách Thị Lan, Bùi Thị Thu Thảo, Lý Hoàng Nam, Nguyễn Huy Hoàng,
    Lê Quang Liêm, Trịnh Thu Vinh, Lý Đức, Đàng Năng Thọ, Nguyễn Đức Chung, Chu Ngọc Anh,
    Nguyễn Thanh Long, Phan Quốc Việt, Nguyễn Văn Sơn, Hoàng Thị Thúy Lan, Phạm Tuân
  `),
)

export const isFamous = (name: string): boolean => famous.has(name)
