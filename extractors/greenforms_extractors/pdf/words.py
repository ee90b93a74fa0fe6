"""Words of two characters that Chinese papers on industry, administration and people are full of.

They tell text from nonsense: of the different pairs of neighbouring characters in a paper more than one in thirty is
here, in characters put in any other order hardly any.
"""

_RUN_TOGETHER = (
    "一年万元上海下降不得不能专业专家业务东路中国中心主任主管主要乙方事项二年产业产值产品产量人员人民代表以上"
    "以及企业传真体系余热使用供应保护信息光伏全国全市全省公司公告公示关于其中其他内容再生减少出生列入创建利润"
    "利率利用制造包括化工北京北路医药协议单价单位南路原因原料县区双方发展可以合同合计同时同比名单名称品牌回收"
    "因此园区固体国家地区地址型号城区城市基本基础填写增加增长处理处置备注大学大道天津天然如果学历学院安全完成"
    "实施实现审批审核对于工业工作工厂工程工艺已经市场市级平均年度序号应当废气废水建设开发开展循环必须性别总结"
    "总量总额情况意见成立我们承诺技术投资报告指标按照排放推荐措施提供提高收入改造政府政策教授数据数量文件新区"
    "方案方面日期时间明细是否月份有关有限服务本人本单机构机械材料条件标准根据检测比例气体水平汇总污染汽车没有"
    "法人注册消耗清单清洁温室煤气煤炭环境生产生态用地用水用电由于甲方申报电力电子电话监测盖章目前目标相关省级"
    "真实研究碳排示范社会科技符合第三签字管理类别类型系统累计级别组织经济经理经营经验结果综合绿色编制编号网址"
    "职务职称联系股份能力能源能耗自治节水节能蒸汽行业街道表格西路要求规定规格计划认证设备设施设计证书证号评价"
    "说明负责责任账号质量资产资本资源身份达到这些进行通知通过邮箱邮编部分部门采用重大重点金额银行销售问题附件"
    "降低集团需要面积项目食品高新高级"
)

COMMON_WORDS = frozenset(_RUN_TOGETHER[place : place + 2] for place in range(0, len(_RUN_TOGETHER), 2))
